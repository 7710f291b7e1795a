using Slotwright.Core.Cluster;
using Slotwright.Core.Planning;
using Slotwright.Core.Planning.Steps;
using Slotwright.Core.Slots;
using Slotwright.Core.Tests.Cluster;
using Slotwright.Core.Tests.Support;

namespace Slotwright.Core.Tests.Planning.Repair;

/// <summary>Plans that no planner makes, and that the checker refuses: each puts keys out of reach. m-1 has keys of slot 7, which is m-0's.</summary>
public sealed class RepairCrimesTests
{
    private static readonly SlotSet Seven = SlotSet.Of(7, 7);

    private static readonly Topology Strayed = SixMembers.Formed.Change(
        "m-1",
        n => n with { Strays = Seven, Open = Seven }
    );

    [Fact]
    public void A_node_does_not_close_slots_of_which_it_has_keys() =>
        Assert.Equal(["keys-left"], Broken(Strayed, Close(1)));

    [Fact]
    public void An_owner_does_not_close_slots_of_which_another_has_keys() =>
        Assert.Equal(["keys-left"], Broken(Strayed, Close(0)));

    [Fact]
    public void Another_may() => Assert.Empty(Broken(Strayed, Close(2)));

    [Fact]
    public void Nobody_is_given_slots_of_which_another_has_keys() =>
        Assert.Equal(
            ["keys-elsewhere"],
            Broken(
                Strayed.Change("m-0", n => n with { Slots = n.Slots.Except(Seven) }),
                new AssignSlots("m-2", SixMembers.Id(2), Seven) { Reason = "a crime" }
            )
        );

    [Fact]
    public void Keys_go_to_nobody_but_the_owner() =>
        Assert.Equal(
            ["not-the-owner"],
            Broken(
                Strayed,
                new GatherKeys("m-1", SixMembers.Id(1), "m-2", SixMembers.Id(2), Seven) { Reason = "a crime" }
            )
        );

    [Fact]
    public void An_owner_does_not_say_its_claim_anew_where_another_would_drop_keys_for_it() =>
        Assert.Equal(["keys-dropped"], Broken(Strayed, Raise(0, Seven)));

    [Fact]
    public void Nobody_claims_what_it_does_not_own() =>
        Assert.Equal(["not-the-owner"], Broken(SixMembers.Formed, Raise(2, Seven)));

    [Fact]
    public void A_replica_neither_closes_nor_claims() =>
        Assert.Equal(["end-unfit"], Broken(SixMembers.Formed, Close(3)));

    private static string[] Broken(Topology before, Step step) =>
        [.. PlanChecker.Check(new Plan("repair", [new Stage("Crime", [step])], []), before).Codes()];

    private static CloseSlots Close(int at) => new($"m-{at}", SixMembers.Id(at), Seven) { Reason = "a crime" };

    private static RaiseEpoch Raise(int at, SlotSet slots) =>
        new($"m-{at}", SixMembers.Id(at), slots) { Reason = "a crime" };
}
