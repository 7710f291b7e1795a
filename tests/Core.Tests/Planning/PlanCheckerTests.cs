using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Planning;
using Slotwright.Core.Planning.Bootstrap;
using Slotwright.Core.Planning.Steps;
using Slotwright.Core.Slots;
using Slotwright.Core.Tests.Cluster;
using Slotwright.Core.Tests.Support;

namespace Slotwright.Core.Tests.Planning;

/// <summary>The referee of plans: each crime is found, and what is no crime is let through.</summary>
public sealed class PlanCheckerTests
{
    private const string Why = "a test";

    private static readonly Topology Formed = SixMembers.Formed;
    private static readonly Topology Fresh = Members.Fresh(6, 3);

    [Theory]
    [InlineData(6, 3, 1)]
    [InlineData(12, 3, 1)]
    [InlineData(18, 3, 2)]
    [InlineData(9, 2, 2)]
    [InlineData(6, 1, 1)]
    [InlineData(3, 3, 0)]
    public void Bootstrap_is_safe(int members, int zones, int replicas)
    {
        var fresh = Members.Fresh(members, zones);
        var plan = BootstrapPlanner.Plan(fresh, new ClusterShape(members, replicas)).Plan!;
        Assert.False(plan.IsEmpty);
        Assert.Empty(PlanChecker.Check(plan, fresh));
    }

    [Fact]
    public void An_empty_plan_is_safe_on_whatever_there_is()
    {
        Assert.Empty(Check(Formed));
        Assert.Empty(Check(Formed.Change("m-0", n => n with { Reachable = false })));
        Assert.Empty(Check(Topology.Empty));
    }

    [Fact]
    public void A_slot_that_gets_a_second_owner_is_found()
    {
        Assert.Equal(
            ["slot-owned-twice"],
            Check(Formed, new AssignSlots("m-1", SixMembers.Id(1), SlotSet.Of(5460, 5460)) { Reason = Why })
        );
        Assert.Empty(Check(Formed, new AssignSlots("m-1", SixMembers.Id(1), SlotSet.Of(5461, 5461)) { Reason = Why }));
    }

    [Fact]
    public void A_slot_that_two_steps_of_a_stage_give_away_is_found() =>
        Assert.Contains(
            "slot-owned-twice",
            Check(
                Fresh,
                new AssignSlots("m-0", Members.Id(0), SlotSet.Of(0, 100)) { Reason = Why },
                new AssignSlots("m-1", Members.Id(1), SlotSet.Of(100, 200)) { Reason = Why }
            )
        );

    [Fact]
    public void Slots_that_a_replica_gets_are_found() =>
        Assert.Contains(
            "slots-on-replica",
            Check(
                Formed.Change("m-0", n => n with { Slots = SlotSet.Of(0, 5459) }),
                new AssignSlots("m-5", SixMembers.Id(5), SlotSet.Of(5460, 5460)) { Reason = Why }
            )
        );

    [Fact]
    public void A_slot_that_is_lost_is_found()
    {
        Assert.Equal(["slot-lost"], Check(Formed, Node("m-0", n => n with { Slots = SlotSet.Of(1, 5460) })));
        Assert.Contains(
            "slot-lost",
            Check(Formed, Node("m-0", n => n with { Slots = SlotSet.Of(1, 5460) }, back: true))
        );
    }

    [Fact]
    public void An_owner_that_is_made_a_replica_is_found()
    {
        var codes = Check(Formed, new Replicate("m-0", SixMembers.Id(0), "m-1", SixMembers.Id(1)) { Reason = Why });
        Assert.Contains("owner-erased", codes);
        Assert.Contains("slot-lost", codes);
    }

    [Fact]
    public void Data_that_is_erased_is_found()
    {
        var empty = Formed.Change("m-5", n => n with { Primary = null, Link = LinkState.None });
        var step = new Replicate("m-5", SixMembers.Id(5), "m-0", SixMembers.Id(0)) { Reason = Why };
        Assert.Empty(Check(empty, step));
        Assert.Equal(["data-erased"], Check(empty.Change("m-5", n => n with { Keys = 1 }), step));
    }

    [Fact]
    public void A_replica_that_changes_its_primary_throws_its_copy_away() =>
        Assert.Contains(
            "data-erased",
            Check(
                Formed.Change("m-5", n => n with { Keys = 1 }),
                new Replicate("m-5", SixMembers.Id(5), "m-1", SixMembers.Id(1)) { Reason = Why }
            )
        );

    [Fact]
    public void A_replica_of_nobody_is_found()
    {
        var empty = Formed.Change("m-5", n => n with { Primary = null, Link = LinkState.None });
        foreach (var primary in new[] { SixMembers.Id(3), SixMembers.Id(5), Members.Id(77) })
        {
            Assert.Contains(
                "no-such-primary",
                Check(empty, new Replicate("m-5", SixMembers.Id(5), "m-0", primary) { Reason = Why })
            );
        }
    }

    [Fact]
    public void The_last_in_sync_member_of_a_shard_that_is_taken_away_is_found()
    {
        var down = Node("m-0", n => n with { Reachable = false }, back: true);
        Assert.Empty(Check(Formed, down));
        Assert.Equal(["shard-gone"], Check(Formed.Change("m-5", n => n with { Link = LinkState.Syncing }), down));
        Assert.Equal(["shard-gone"], Check(Formed, down, Node("m-5", n => n with { Reachable = false }, back: true)));
    }

    [Fact]
    public void A_part_of_a_shard_that_goes_with_its_member_is_found()
    {
        // the slots were split: m-2's are served still, those that m-0 keeps are not
        var split = Formed
            .Change("m-0", n => n with { Slots = SlotSet.Of(0, 99) })
            .Change("m-2", n => n with { Slots = SlotSet.Of(100, 5460).Union(SlotSet.Of(10923, 16383)) })
            .Without("m-5");
        Assert.Equal(["shard-gone"], Check(split, Node("m-0", n => n with { Reachable = false }, back: true)));
    }

    [Fact]
    public void A_shard_that_was_gone_before_may_stay_so()
    {
        var gone = Formed.Change("m-0", n => n with { Reachable = false }).Without("m-5");
        Assert.Empty(Check(gone, Node("m-4", n => n with { Reachable = false }, back: true)));
    }

    [Fact]
    public void A_majority_of_primaries_that_is_taken_away_is_found()
    {
        var one = Node("m-0", n => n with { Reachable = false }, back: true);
        var two = Node("m-1", n => n with { Reachable = false }, back: true);
        Assert.Empty(Check(Formed, one));
        Assert.Equal(["quorum-lost"], Check(Formed, one, two));
        Assert.Empty(
            Check(
                Formed,
                [
                    [one],
                    [two],
                ]
            )
        );
    }

    [Fact]
    public void Each_stage_is_judged_in_front_of_what_those_before_it_left()
    {
        Step gone = Node("m-5", n => n with { Link = LinkState.Down });
        var restart = Node("m-0", n => n with { Reachable = false }, back: true);
        Assert.Equal(
            ["shard-gone"],
            Check(
                Formed,
                [
                    [gone],
                    [restart],
                ]
            )
        );
        Assert.Empty(
            Check(
                Formed,
                [
                    [restart],
                    [gone],
                ]
            )
        );
    }

    [Theory]
    [InlineData("m-4")]
    [InlineData("m-0")]
    public void Meeting_one_that_was_not_asked_is_found(string silent)
    {
        Assert.Empty(Check(Fresh, Meeting));
        Assert.Equal(["met-unasked"], Check(Fresh.Change(silent, n => n with { Reachable = false }), Meeting));
        Assert.Equal(["met-unasked"], Check(Fresh.Without(silent), Meeting));
    }

    [Theory]
    [InlineData("m-4")]
    [InlineData("m-0")]
    public void Meeting_a_stranger_is_found(string stranger)
    {
        Assert.Equal(["met-stranger"], Check(Fresh.Change(stranger, n => n with { Member = null }), Meeting));
        Assert.Equal(["met-stranger"], Check(Fresh.Change(stranger, n => n with { Member = "m-1" }), Meeting));
        var gone = Fresh with { Members = Fresh.Members.Remove(stranger) };
        Assert.Equal(["met-stranger"], Check(gone, Meeting));
    }

    [Theory]
    [InlineData("m-4")]
    [InlineData("m-0")]
    public void Meeting_one_that_knows_foreign_nodes_is_found(string foreign) =>
        Assert.Equal(["met-foreign"], Check(Fresh.Change(foreign, n => n with { SeesForeign = true }), Meeting));

    [Theory]
    [InlineData("m-4")]
    [InlineData("m-0")]
    public void Meeting_one_that_holds_keys_and_is_not_known_to_the_cluster_is_found(string full)
    {
        Assert.Equal(["met-data"], Check(Fresh.Change(full, n => n with { Keys = 1 }), Meeting));
        var known = Fresh.Change(full, n => n with { Keys = 1, Alone = false, Apart = false });
        Assert.Empty(Check(known, Meeting));
    }

    [Fact]
    public void A_layout_that_ends_worse_than_it_began_is_found()
    {
        Step toOwnZone = new TakeAway(
            t =>
                t.Change("m-3", n => n with { Primary = SixMembers.Id(0) })
                    .Change("m-5", n => n with { Primary = SixMembers.Id(1) }),
            Back: false
        )
        {
            Reason = Why,
        };
        Assert.Equal(["layout-worse"], Check(Formed, toOwnZone));
        Assert.Empty(Check(Formed with { Members = SixMembers.Members(6, zones: null) }, toOwnZone));
    }

    [Fact]
    public void A_zone_that_is_crowded_already_may_not_get_more()
    {
        var twelve = Members.Fresh(12, 3);
        var formed = BootstrapPlanner.Plan(twelve, new ClusterShape(12, 1)).Plan!.Outcome(twelve);
        var heirs = formed.Nodes.Where(n => !n.IsPrimary && formed.ZoneOf(n) == "az-a").ToArray();
        var crowded = FailOver(formed, heirs[0].Id);
        Assert.Equal(
            ["layout-worse"],
            Check(crowded, new TakeAway(t => FailOver(t, heirs[1].Id), Back: false) { Reason = Why })
        );
        var mend = new TakeAway(_ => formed, Back: false) { Reason = Why };
        Assert.Empty(Check(crowded, mend));
    }

    [Fact]
    public void What_is_broken_on_the_way_and_whole_at_the_end_is_let_through()
    {
        var away = Node("m-5", n => n with { Primary = SixMembers.Id(1) });
        var back = Node("m-5", n => n with { Primary = SixMembers.Id(0) });
        Assert.Empty(
            Check(
                Formed,
                [
                    [away],
                    [back],
                ]
            )
        );
        Assert.Equal(
            ["layout-worse"],
            Check(
                Formed,
                [
                    [away],
                ]
            )
        );
    }

    [Fact]
    public void A_replica_for_a_shard_that_has_none_is_welcome_in_whatever_zone()
    {
        var bare = Formed.Change("m-5", n => n with { Primary = null, Link = LinkState.None }).Move("m-5", "az-a");
        Assert.Empty(Check(bare, new Replicate("m-5", SixMembers.Id(5), "m-0", SixMembers.Id(0)) { Reason = Why }));
    }

    private static readonly Step Meeting = new Meet("m-4", Members.Id(4), "m-0", Members.Id(0)) { Reason = Why };

    private static TakeAway Node(string member, Func<Node, Node> change, bool back = false) =>
        new(t => t.Change(member, change), back) { Reason = Why };

    private static Topology FailOver(Topology topology, NodeId heir)
    {
        var node = topology.Find(heir)!;
        var old = topology.Find(node.Primary!.Value)!;
        return topology
            .With(node with { Primary = null, Slots = old.Slots, Link = LinkState.None })
            .With(old with { Primary = heir, Slots = SlotSet.Empty, Link = LinkState.InSync });
    }

    private static ImmutableArray<string> Check(Topology before, params Step[] stage) => Check(before, [stage]);

    private static ImmutableArray<string> Check(Topology before, Step[][] stages) =>
        [
            .. PlanChecker
                .Check(new Plan("test", [.. stages.Select((s, i) => new Stage($"{i}", [.. s]))], []), before)
                .Codes()
                .Distinct(),
        ];
}
