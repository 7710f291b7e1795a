using Slotwright.Core.Placement;
using Slotwright.Core.Slots;

namespace Slotwright.Core.Tests.Placement;

/// <summary>Scores read: incomplete shards, shards in one zone, primaries in the fullest zone, replicas in their primary's zone, pairs in one zone, pairs on one machine.</summary>
public sealed class NamedPlacementTests
{
    [Theory]
    [InlineData(6, 3, 1, "(0, 0, 1, 0, 0, 0) primaries 0,1,2")]
    [InlineData(12, 3, 1, "(0, 0, 2, 0, 0, 0) primaries 0,1,2,3,4,5")]
    [InlineData(18, 3, 2, "(0, 0, 2, 0, 0, 0) primaries 0,1,2,3,4,5")]
    [InlineData(6, 4, 1, "(0, 0, 1, 0, 0, 0) primaries 0,1,2")]
    [InlineData(9, 3, 2, "(0, 0, 1, 0, 0, 0) primaries 0,1,2")]
    [InlineData(6, 2, 1, "(0, 0, 2, 0, 0, 0) primaries 0,1,2")]
    [InlineData(8, 2, 1, "(0, 0, 2, 0, 0, 0) primaries 0,1,2,3")]
    [InlineData(9, 2, 2, "(0, 0, 2, 0, 3, 0) primaries 0,1,3")]
    [InlineData(6, 1, 1, "(0, 3, 3, 3, 3, 0) primaries 0,1,2")]
    [InlineData(3, 3, 0, "(0, 3, 1, 0, 0, 0) primaries 0,1,2")]
    public void Zones_in_turn(int members, int zones, int replicas, string score)
    {
        var request = Requests.InTurn(members, zones, replicas);

        var placement = Placer.Place(request);

        Assert.Equal(score, placement.Score.ToString());
        Assignments.AssertComplete(request, placement.Shards);
    }

    [Theory]
    [InlineData(6, 3, 1)]
    [InlineData(12, 3, 1)]
    [InlineData(18, 3, 2)]
    [InlineData(6, 4, 1)]
    [InlineData(9, 3, 2)]
    public void Zones_in_any_order_lose_nothing_to_zones_in_turn(int members, int zones, int replicas)
    {
        var inTurn = Requests.InTurn(members, zones, replicas);
        var expected = Placer.Place(inTurn).Score;
        var random = new Random(members);
        for (var round = 0; round < 50; round++)
        {
            var names = inTurn.Members.Select(m => m.Zone).ToArray();
            random.Shuffle(names);

            var score = Placer.Place(Requests.Of(replicas, names)).Score;

            Assert.Equal(expected with { PrimaryOrdinals = [] }, score with { PrimaryOrdinals = [] });
        }
    }

    [Theory]
    [InlineData("(0, 0, 1, 0, 3, 0) primaries 0,5,8", 2, 5, 3, 1)]
    [InlineData("(0, 1, 1, 2, 5, 0) primaries 0,7,8", 2, 7, 1, 1)]
    [InlineData("(0, 1, 1, 1, 1, 0) primaries 0,4,5", 1, 4, 1, 1)]
    [InlineData("(0, 4, 4, 4, 4, 0) primaries 0,1,2,3,10,11", 1, 10, 1, 1)]
    [InlineData("(0, 0, 2, 0, 0, 0) primaries 0,1,5,6,8", 1, 5, 3, 2)]
    public void Lopsided_zones(string score, int replicas, params int[] sizes) =>
        Assert.Equal(score, Placer.Place(Requests.Sized(replicas, sizes)).Score.ToString());

    [Fact]
    public void Unknown_zones_count_as_one_and_ordinals_decide()
    {
        var placement = Placer.Place(Requests.Of(1, Enumerable.Repeat<string?>(null, 6)));

        Assert.Equal([0, 1, 2], placement.Score.PrimaryOrdinals);
        Assert.Equal("zones-unknown", Assert.Single(placement.Notes).Code);
    }

    [Fact]
    public void Nodes_of_a_shard_stand_on_different_machines()
    {
        // One zone, three machines with two members each, so that primaries in order would share them.
        var request = Machines(null, "x", "x", "y", "y", "z", "z");

        var placement = Placer.Place(request);

        Assert.Equal(0, placement.Score.MachinePairs);
        Assert.Equal([0, 1, 2], placement.Score.PrimaryOrdinals);
        Assert.Equal(1, PlacementScore.Of(Assignments.ByOrdinal(request, [0, 1], [2, 4], [3, 5]), 1).MachinePairs);
    }

    [Fact]
    public void Zones_come_before_machines()
    {
        var request = Machines("az-a", "x", "x", "x", "y") with { Primaries = 2 };
        var elsewhere = request.Members.Select(m => m.Ordinal == 2 ? m with { Zone = "az-b" } : m);

        var score = Placer.Place(request with { Members = [.. elsewhere] }).Score;

        Assert.Equal("(0, 1, 1, 1, 1, 0) primaries 0,2", score.ToString());
    }

    [Fact]
    public void Machines_of_one_name_in_two_zones_are_two_machines()
    {
        var request = Machines("az-a", "host", "host") with { Primaries = 1 };
        var apart = request with { Members = [request.Members[0], request.Members[1] with { Zone = "az-b" }] };

        Assert.Equal(1, Placer.Place(request).Score.MachinePairs);
        Assert.Equal(0, Placer.Place(apart).Score.MachinePairs);
        Assert.Contains(Placer.Place(apart).Notes, n => n.Code is "machine-in-two-zones");
    }

    [Fact]
    public void The_order_of_the_list_does_not_matter()
    {
        var request = Requests.InTurn(18, 3, 2);
        var expected = Text(Placer.Place(request));
        var random = new Random(1);
        for (var round = 0; round < 20; round++)
        {
            var members = request.Members.ToArray();
            random.Shuffle(members);

            Assert.Equal(expected, Text(Placer.Place(request with { Members = [.. members] })));
        }
    }

    [Fact]
    public void Six_members_in_three_zones_get_the_roles_that_people_expect()
    {
        var shards = Placer.Place(Requests.InTurn(6, 3, 1)).Shards;

        var lines = shards.Zip(
            SlotSet.Split(3),
            (s, slots) => $"{string.Join(' ', s.Nodes.Select(n => n.Name))} {slots}"
        );
        Assert.Equal("m-0 m-4 0-5460; m-1 m-5 5461-10922; m-2 m-3 10923-16383", string.Join("; ", lines));
    }

    [Fact]
    public void The_placement_that_the_guide_made_of_twelve_members_scores_worse()
    {
        // Four of six primaries in one zone, and one of them without replica.
        var request = Requests.InTurn(12, 3, 1);
        var guide = Assignments.ByOrdinal(request, [0, 1], [3, 2], [6, 4], [9, 5, 7], [8, 10], [11]);

        var score = PlacementScore.Of(guide, 1);

        Assert.Equal((2, 4), (score.IncompleteShards, score.PrimariesInFullestZone));
        Assert.True(score.CompareTo(Placer.Place(request).Score) > 0);
    }

    private static PlacementRequest Machines(string? zone, params ReadOnlySpan<string> machines)
    {
        var members = machines.ToArray().Select((machine, i) => new PlacementMember($"m-{i}", i, zone, machine));
        return new PlacementRequest([.. members], machines.Length / 2, 1);
    }

    private static string Text(ClusterPlacement placement) =>
        string.Join('\n', placement.Shards.Select(s => string.Join(' ', s.Nodes.Select(n => n.Name))));
}
