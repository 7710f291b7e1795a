using Slotwright.Core.Cluster;
using Slotwright.Core.Observing;
using Slotwright.Core.Planning;
using Slotwright.Core.Planning.SlotMoves;
using Slotwright.Core.Planning.Steps;
using Slotwright.Core.Slots;
using Slotwright.Core.Tests.Cluster;
using Slotwright.Core.Tests.Support;

namespace Slotwright.Core.Tests.Planning.SlotMoves;

public sealed class OpenMovesTests
{
    private static readonly Topology Formed = SixMembers.Formed;
    private static readonly NodeId First = Formed.NodeOf("m-0")!.Id;
    private static readonly NodeId Second = Formed.NodeOf("m-1")!.Id;

    [Fact]
    public void A_slot_that_both_ends_have_open_is_one_move() =>
        Assert.Equal(
            [(First, Second, "7-8")],
            Moves(Open((0, 7, false, Second), (1, 7, true, First), (0, 8, false, Second), (1, 8, true, First)))
        );

    [Fact]
    public void One_end_is_enough_where_the_owner_is_clear()
    {
        Assert.Equal([(First, Second, "7")], Moves(Open((1, 7, true, First))));
        Assert.Equal([(First, Second, "7")], Moves(Open((0, 7, false, Second))));
    }

    [Fact]
    public void A_slot_that_goes_two_ways_is_left_to_a_person() =>
        Assert.Empty(Moves(Open((0, 7, false, Second), (2, 7, true, First))));

    [Fact]
    public void A_slot_that_its_giver_does_not_own_is_no_move() => Assert.Empty(Moves(Open((1, 6000, true, First))));

    [Fact]
    public void What_was_left_open_is_finished_before_what_is_planned()
    {
        var plan = OpenMoves.Before(
            Open((0, 7, false, Second)),
            after => RebalancePlanner.Plan(after, new RebalanceWish(null, 0, [new("m-2", "2")]))
        );
        Assert.Equal(["Finish what was left open", "Move slots"], plan.Stages.Select(s => s.Title));
        Assert.Empty(PlanChecker.Check(plan, Formed));
        Assert.Equal([4096, 4096, 8192], plan.Outcome(Formed).Voters.Select(v => v.Slots.Count));
    }

    /// <summary>It was away when its primary closed them.</summary>
    [Fact]
    public void What_a_replica_alone_has_open_is_closed_by_its_primary()
    {
        var replica = Formed.Nodes.First(n => n.Primary == First);
        var seen = Formed.With(replica with { Open = SlotSet.Of(7, 9) });

        var plan = OpenMoves.Before(new Observation(seen, Views.Of(seen), []), _ => new Plan("test", [], []));

        var step = Assert.IsType<CloseSlots>(Assert.Single(Assert.Single(plan.Stages).Steps));
        Assert.Equal(("m-0", "7-9"), (step.Member, $"{step.Slots}"));
        Assert.Empty(PlanChecker.Check(plan, seen));
        Assert.True(plan.Outcome(seen).Find(replica.Id)!.Open.IsEmpty);
        Assert.False(step.IsDone(seen));
    }

    /// <summary>It was such a replica, and took over.</summary>
    [Fact]
    public void What_an_owner_itself_is_to_get_is_closed()
    {
        var seen = Open((0, 7, true, Second));

        var plan = OpenMoves.Before(seen, _ => new Plan("test", [], []));

        Assert.Equal("m-0", Assert.IsType<CloseSlots>(Assert.Single(Assert.Single(plan.Stages).Steps)).Member);
        Assert.Empty(PlanChecker.Check(plan, Formed));
        Assert.Empty(
            OpenMoves.Before(Open((1, 7, true, First), (2, 7, true, First)), _ => new Plan("test", [], [])).Stages
        );
    }

    [Fact]
    public void What_a_primary_has_open_too_is_left_to_it()
    {
        var replica = Formed.Nodes.First(n => n.Primary == First);
        var seen = Formed
            .With(replica with { Open = SlotSet.Of(7, 9) })
            .With(Formed.Find(First)! with { Open = SlotSet.Of(7, 9) });

        Assert.Empty(OpenMoves.Before(new Observation(seen, Views.Of(seen), []), _ => new Plan("test", [], [])).Stages);
    }

    private static IEnumerable<(NodeId, NodeId, string)> Moves(Observation seen) =>
        OpenMoves.Of(seen).Select(m => (m.From, m.To, $"{m.Slots}"));

    private static Observation Open(params (int Ordinal, int Slot, bool Importing, NodeId Peer)[] open) =>
        new(
            Formed,
            open.Aggregate(
                Views.Of(Formed),
                (views, o) =>
                    views.Says(
                        o.Ordinal,
                        o.Ordinal,
                        row => row with { OpenSlots = row.OpenSlots.Add(new OpenSlot(o.Slot, o.Importing, o.Peer)) }
                    )
            ),
            []
        );
}
