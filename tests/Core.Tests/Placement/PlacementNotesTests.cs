using Slotwright.Core.Health;
using Slotwright.Core.Placement;

namespace Slotwright.Core.Tests.Placement;

public sealed class PlacementNotesTests
{
    [Theory]
    [InlineData(6, 3, 1)]
    [InlineData(12, 3, 1)]
    [InlineData(18, 3, 2)]
    [InlineData(6, 4, 1)]
    [InlineData(9, 3, 2)]
    public void The_ideal_needs_no_notes(int members, int zones, int replicas) =>
        Assert.Empty(Placer.Place(Requests.InTurn(members, zones, replicas)).Notes);

    [Fact]
    public void Two_zones_lose_the_majority_of_primaries_with_one_of_them()
    {
        var note = Only("zone-majority", Requests.InTurn(6, 2, 1));

        Assert.Equal(
            new Finding(
                "zone-majority",
                Verdict.Warning,
                "zone az-a",
                "6 members over 2 zones: az-a's loss takes the majority of the primaries, 2 of 3",
                "1 would be left, and 2 must agree to elect replicas in place of those lost",
                "add a third zone"
            ),
            note
        );
    }

    [Fact]
    public void Half_of_the_primaries_is_as_bad_as_the_majority()
    {
        var notes = Placer.Place(Requests.InTurn(8, 2, 1)).Notes;

        Assert.Equal(["zone az-a", "zone az-b"], notes.Select(n => n.Subject).ToArray());
        Assert.All(notes, n => Assert.Equal("zone-majority", n.Code));
        Assert.Contains("takes half of the primaries, 2 of 4", notes[0].What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_zone_too_full_takes_a_shard_whole_and_holds_replicas_beside_their_primary()
    {
        var notes = Placer.Place(Requests.Sized(1, 4, 1, 1)).Notes;

        Assert.Equal(
            [
                "az-a's loss takes 1 of 3 shards whole: move 1 member from az-a to other zones",
                "1 replica in az-a has its primary there too: move 1 member from az-a to other zones",
            ],
            notes.Select(n => $"{n.What}: {n.Remedy}").ToArray()
        );
        Assert.Equal(["shard-in-one-zone", "replica-in-primary-zone"], notes.Select(n => n.Code).ToArray());
    }

    [Fact]
    public void A_majority_in_one_of_three_zones_is_blamed_on_its_size()
    {
        var notes = Placer.Place(Requests.Sized(1, 10, 1, 1)).Notes;

        var majority = Assert.Single(notes, n => n.Code is "zone-majority");
        Assert.Equal("even out the zones: az-a has 10 of 12 members", majority.Remedy);
    }

    [Fact]
    public void A_zone_with_more_than_its_share_short_of_a_majority_is_uneven()
    {
        // The two small zones can have one primary each, so that the others share the rest.
        var notes = Placer.Place(Requests.Sized(1, 7, 5, 1, 1)).Notes;

        Assert.All(notes, n => Assert.Equal("zones-uneven", n.Code));
        Assert.Equal("az-a holds 3 of 7 primaries, and 2 would be even", notes[0].What);
    }

    [Fact]
    public void Lopsided_zones_leave_shards_in_fewer_zones_than_there_are()
    {
        var note = Only("shard-in-few-zones", Requests.Sized(2, 5, 3, 1));

        Assert.Equal("3 of 3 shards reach fewer than 3 zones", note.What);
        Assert.Equal("members by zone: az-a 5, az-b 3, az-c 1", note.Why);
    }

    [Fact]
    public void One_zone_is_said_once()
    {
        var note = Only("shard-in-one-zone", Requests.InTurn(6, 1, 1));

        Assert.Equal("az-a's loss takes every shard whole", note.What);
    }

    [Fact]
    public void Members_whose_zone_is_not_known_are_named()
    {
        var note = Only("zones-unknown", Requests.Of(1, ["az-a", "az-b", null, "az-a", "az-b", null]));

        Assert.Equal("the zone of 2 members is not known: m-2, m-5", note.What);
    }

    [Fact]
    public void One_machine_for_all_is_said()
    {
        var request = Requests.Of(1, Enumerable.Repeat<string?>(null, 6));
        var members = request.Members.Select(m => m with { Machine = "host" });

        var notes = Placer.Place(request with { Members = [.. members] }).Notes;

        Assert.Equal(["zones-unknown", "shard-shares-machine"], notes.Select(n => n.Code).ToArray());
        Assert.Equal("6 of 6 members are on host", notes[1].Why);
    }

    [Fact]
    public void No_replicas_and_few_primaries_are_said()
    {
        var notes = Placer.Place(Requests.InTurn(2, 2, 0)).Notes;

        Assert.Equal(["no-replicas", "few-primaries"], notes.Select(n => n.Code).ToArray());
    }

    private static Finding Only(string code, PlacementRequest request)
    {
        var note = Assert.Single(Placer.Place(request).Notes);
        Assert.Equal(code, note.Code);
        return note;
    }
}
