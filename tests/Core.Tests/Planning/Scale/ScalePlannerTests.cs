using System.Collections.Immutable;
using CsCheck;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Core.Health;
using Slotwright.Core.Planning;
using Slotwright.Core.Planning.Steps;
using Slotwright.Core.Slots;
using Slotwright.Core.Tests.Planning.Waves;
using Slotwright.Core.Tests.Support;

namespace Slotwright.Core.Tests.Planning.Scale;

public sealed class ScalePlannerTests
{
    [Fact]
    public void A_cluster_of_that_size_is_left_alone()
    {
        var three = Clusters.Placed(3, 1, 3);
        Assert.True(Growing.Plan(three, Growing.To(three, 3, 1)).IsEmpty);
    }

    [Fact]
    public void New_shards_get_their_part_and_a_replica_elsewhere()
    {
        var three = Clusters.Placed(3, 1, 3);
        var wish = Growing.To(three, 5, 1);
        var plan = Growing.Plan(three, wish);
        Assert.Equal(["Add members", "Join", "Replicate", "Move slots"], plan.Stages.Select(s => s.Title));
        AssertEnds(plan, three, 5, 1);
        Assert.Equal(default, LayoutDebt.Of(plan.Outcome(three)));
    }

    [Fact]
    public void Planned_anew_once_members_run_it_goes_on_as_it_was_shown()
    {
        var three = Clusters.Placed(3, 1, 3);
        var wish = Growing.To(three, 5, 1);
        var shown = Growing.Plan(three, wish);
        var again = Growing.Plan(Growing.Started(three, wish), wish);
        Assert.Equal(
            shown.Stages.Skip(1).SelectMany(s => s.Steps).Select(s => s.Describe()),
            again.Stages.SelectMany(s => s.Steps).Select(s => s.Describe())
        );
    }

    [Fact]
    public void Shards_that_go_give_to_all_that_stay_and_the_highest_ordinals_leave()
    {
        var five = Clusters.Placed(5, 1, 3);
        var plan = Growing.Plan(five, Growing.To(five, 3, 1));
        AssertEnds(plan, five, 3, 1);
        var moves = plan.Stages.SelectMany(s => s.Steps).OfType<MoveSlots>().ToArray();
        Assert.Equal(3, moves.Select(m => m.Node).Distinct().Count());
        Assert.Equal(2, moves.Select(m => m.From).Distinct().Count());
        Assert.Equal(
            ["m-6", "m-7", "m-8", "m-9"],
            plan.Stages.SelectMany(s => s.Steps).OfType<RemoveMembers>().Single().Members
        );
    }

    [Fact]
    public void A_primary_that_stays_moves_to_an_ordinal_that_stays_first()
    {
        var four = Clusters.Of(
            [
                [6, 0],
                [1, 7],
                [2, 5],
                [3, 4],
            ],
            o => $"az-{(char)('a' + (o % 3))}"
        );
        var plan = Growing.Plan(four, Growing.To(four, 3, 1));
        AssertEnds(plan, four, 3, 1);
        var handed = plan.Stages.SelectMany(s => s.Steps).OfType<HandOver>().ToArray();
        Assert.True(handed.Length > 0 || plan.Outcome(four).NodeOf("m-0") is { IsPrimary: false });
    }

    [Fact]
    public void Replicas_alone_come_and_go()
    {
        var three = Clusters.Placed(3, 1, 3);
        var more = Growing.Plan(three, Growing.To(three, 3, 2));
        AssertEnds(more, three, 3, 2);
        Assert.DoesNotContain(more.Stages.SelectMany(s => s.Steps), s => s is MoveSlots);
        var six = Clusters.Placed(3, 2, 3);
        var less = Growing.Plan(six, Growing.To(six, 3, 1));
        AssertEnds(less, six, 3, 1);
        Assert.DoesNotContain(less.Stages.SelectMany(s => s.Steps), s => s is MoveSlots);
    }

    [Fact]
    public void What_is_not_safe_is_refused_with_all_that_is_in_the_way()
    {
        var three = Clusters.Placed(3, 1, 3);
        Assert.Equal(["too-few-shards"], Refused(three, 2, 1));
        Assert.Equal(["member-down"], Refused(three.Change("m-5", n => n with { Reachable = false }), 5, 1));
        Assert.Equal(["replica-link"], Refused(three.Change("m-5", n => n with { Link = LinkState.Syncing }), 5, 1));
        var large = Clusters.Placed(3, 2, 3);
        Assert.Equal(["two-ways"], Refused(large, 4, 1));
        var stale = Growing.To(three, 4, 1) with { LeftVolumes = ["m-6", "m-7"] };
        var refused = Assert.Throws<RefusedException>(() => Growing.Plan(three, stale));
        Assert.Equal(["volume-left", "volume-left"], refused.Findings.Codes());
        Assert.False(Growing.Plan(three, stale with { Discard = VolumeDiscard.Reset }).IsEmpty);
    }

    [Fact]
    public void Volumes_that_nobody_would_get_are_in_the_way_of_nothing_and_go_where_that_is_said()
    {
        var three = Clusters.Placed(3, 1, 3);
        var wish = Growing.To(three, 3, 1) with { LeftVolumes = ["m-6", "m-7"] };
        Assert.True(Growing.Plan(three, wish).IsEmpty);
        Assert.True(Growing.Plan(three, wish with { Discard = VolumeDiscard.Reset }).IsEmpty);
        var plan = Growing.Plan(three, wish with { Discard = VolumeDiscard.Delete });
        Assert.Equal("what m-6, m-7 left is deleted", plan.Stages.Single().Steps.Single().Describe());
        var larger = Growing.To(three, 4, 1) with { LeftVolumes = ["m-7", "m-8"], Discard = VolumeDiscard.Delete };
        var steps = Growing.Plan(three, larger).Stages.SelectMany(s => s.Steps).ToArray();
        Assert.Equal(VolumeDiscard.Delete, steps.OfType<AddMembers>().Single().Discard);
        Assert.Equal(["m-8"], steps.OfType<RemoveMembers>().Single().Orphans);
    }

    [Fact]
    public void Shards_that_would_get_more_than_they_can_hold_are_refused_unless_it_is_forced()
    {
        var five = Clusters.Placed(5, 1, 3);
        var wish = Growing.To(five, 3, 1);
        var seen = Growing.Seen(five);
        var full = seen with
        {
            Views =
            [
                .. seen.Views.Select(v =>
                    v with
                    {
                        Report = v.Report! with { Server = v.Report.Server with { UsedMemory = 40 << 20 } },
                    }
                ),
            ],
        };
        var refused = Assert.Throws<RefusedException>(() => Core.Planning.Scale.ScalePlanner.Plan(full, wish));
        Assert.Equal(["memory-short", "memory-short", "memory-short"], refused.Findings.Codes());
        Assert.False(Core.Planning.Scale.ScalePlanner.Plan(full, wish with { IgnoresMemory = true }).IsEmpty);
    }

    [Fact]
    public void A_node_that_owns_slots_is_never_forgotten()
    {
        var three = Clusters.Placed(3, 1, 3);
        var owner = three.Voters.First();
        var plan = new Plan(
            "test",
            [
                new Stage("Forget", [new Forget([NamedNode.Of(owner)]) { Reason = "a crime" }]),
                new Stage("Remove", [new RemoveMembers(["m-5"], new ClusterShape(5, 1)) { Reason = "a crime" }]),
            ],
            []
        );
        var codes = PlanChecker.Check(plan, three).Codes();
        Assert.Contains("owner-forgotten", codes);
        Assert.Contains("primary-forgotten", codes);
        Assert.Contains("slot-lost", codes);
        Assert.Contains("member-known", codes);
    }

    [Fact]
    public void A_volume_that_a_member_has_is_never_deleted_as_one_that_was_left()
    {
        var three = Clusters.Placed(3, 1, 3);

        Assert.Contains("volume-in-use", Codes("m-7", "m-5"));
        Assert.DoesNotContain("volume-in-use", Codes("m-7"));

        IEnumerable<string> Codes(params ImmutableArray<string> orphans) =>
            PlanChecker
                .Check(
                    new Plan(
                        "test",
                        [
                            new Stage(
                                "Remove",
                                [
                                    new RemoveMembers([], new ClusterShape(6, 1))
                                    {
                                        Orphans = orphans,
                                        Reason = "a crime",
                                    },
                                ]
                            ),
                        ],
                        []
                    ),
                    three
                )
                .Codes();
    }

    private static readonly Gen<(int Shards, int Replicas, int Zones, int ToShards, int ToReplicas, int Seed)> Cases =
        Gen.Select(Gen.Int[3, 9], Gen.Int[0, 2], Gen.Int[1, 4], Gen.Int[3, 9], Gen.Int[0, 2], Gen.Int[0, 1000]);

    [Fact]
    public void Whatever_the_cluster_the_plan_is_safe_and_ends_at_what_was_asked_for() =>
        Cases.Sample(c =>
        {
            var before = FailedOver(Clusters.Placed(c.Shards, c.Replicas, c.Zones), c.Seed);
            var wish = Growing.To(before, c.ToShards, c.ToReplicas, c.Zones);
            try
            {
                AssertEnds(Growing.Plan(before, wish), before, c.ToShards, c.ToReplicas);
            }
            catch (RefusedException e)
            {
                var code = Assert.Single(e.Findings.Codes().Distinct());
                var isBothWays = c.ToShards > c.Shards && c.ToReplicas < c.Replicas;
                Assert.True(
                    code == "two-ways" && isBothWays
                        || (code == "shard-leaves" && (c.Replicas == 0 || c.ToReplicas < c.Replicas)),
                    e.Message
                );
            }
        });

    [Fact]
    public void Cut_off_after_any_stage_the_same_command_ends_the_same() =>
        Cases.Sample(c =>
        {
            var before = FailedOver(Clusters.Placed(c.Shards, 1, c.Zones), c.Seed);
            var wish = Growing.To(before, c.ToShards, 1, c.Zones);
            var started = Growing.Started(before, wish);
            var plan = Growing.Plan(started, wish);
            for (var stages = 0; stages < plan.Stages.Length; stages++)
            {
                var cut = (plan with { Stages = plan.Stages[..stages] }).Outcome(started);
                AssertEnds(Growing.Plan(cut, wish), cut, c.ToShards, 1);
            }
        });

    private static ImmutableArray<string> Refused(Topology topology, int shards, int replicas) =>
        Assert
            .Throws<RefusedException>(() => Growing.Plan(topology, Growing.To(topology, shards, replicas)))
            .Findings.Codes();

    private static void AssertEnds(Plan plan, Topology before, int shards, int replicas)
    {
        Assert.Empty(PlanChecker.Check(plan, before));
        var after = plan.Outcome(before);
        Assert.Equal(shards, after.Shards().Length);
        Assert.All(
            after.Shards(),
            s =>
            {
                Assert.Equal(replicas, s.Replicas.Length);
                Assert.InRange(s.Slots.Count, HashSlot.Count / shards, HashSlot.Count / shards + 1);
            }
        );
        Assert.Equal(shards * (replicas + 1), after.Members.Count);
        Assert.Equal(after.Members.Count, after.Nodes.Length);
        Assert.All(after.Members.Values, m => Assert.InRange(m.Ordinal, 0, after.Members.Count - 1));
    }

    /// <summary>Some shards have another primary than they began with.</summary>
    private static Topology FailedOver(Topology topology, int seed)
    {
        foreach (var (index, shard) in topology.Shards().Index())
        {
            if ((seed >> index) % 2 == 1 && !shard.Replicas.IsEmpty)
            {
                var heir = shard.Replicas[seed % shard.Replicas.Length];
                topology = new HandOver(
                    heir.Member!,
                    heir.Id,
                    shard.Primary.Label,
                    shard.Primary.Id,
                    HandOverKind.Planned
                )
                {
                    Reason = "a test",
                }.ApplyTo(topology);
            }
        }
        return topology;
    }
}
