using System.Collections.Immutable;
using CsCheck;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Core.Health;
using Slotwright.Core.Planning;
using Slotwright.Core.Planning.Bootstrap;
using Slotwright.Core.Planning.Failover;
using Slotwright.Core.Planning.Steps;
using Slotwright.Core.Tests.Cluster;
using Slotwright.Core.Tests.Support;

namespace Slotwright.Core.Tests.Planning.Failover;

/// <summary>Zones that are left and layouts that are brought back, on whatever cluster.</summary>
public sealed class LayoutPlannersTests
{
    private static readonly Topology Formed = SixMembers.Formed;

    [Fact]
    public void A_layout_that_is_as_it_should_be_needs_nothing() =>
        Assert.True(RestoreLayoutPlanner.Plan(Formed).IsEmpty);

    [Fact]
    public void A_zone_is_left_and_the_layout_comes_back()
    {
        var plan = EvacuatePlanner.Plan(Formed, "az-a");
        Assert.Equal(["m-5 takes over from m-0"], Steps(plan).Select(s => s.Describe()));
        Assert.Empty(PlanChecker.Check(plan, Formed));
        Assert.Equal("slotwright restore-layout", plan.RestoredBy);
        var note = Assert.Single(plan.Notes);
        Assert.Contains("m-0 takes over from m-5", note.Remedy);

        var left = plan.Outcome(Formed);
        Assert.True(EvacuatePlanner.Plan(left, "az-a").IsEmpty);
        var back = RestoreLayoutPlanner.Plan(left);
        Assert.Equal(["m-0 takes over from m-5"], Steps(back).Select(s => s.Describe()));
        Assert.Equal((null, 0), (back.RestoredBy, back.Notes.Length));
        Assert.Equal(Formed.Text(), back.Outcome(left).Text());
    }

    [Fact]
    public void A_layout_that_was_bad_before_and_stays_so_is_told_too()
    {
        var bad = FailoverPlanner.Plan(Formed, new FailoverWish("m-1", null, MayTakeOver: false)).Outcome(Formed);
        var plan = EvacuatePlanner.Plan(bad, "az-a");
        Assert.Equal(["m-1 takes over from m-3", "m-5 takes over from m-0"], Steps(plan).Select(s => s.Describe()));
        Assert.Null(plan.RestoredBy);
        var note = Assert.Single(plan.Notes);
        Assert.Equal("layout-left", note.Code);
        Assert.Contains("slotwright restore-layout: ", note.Remedy);
    }

    [Fact]
    public void A_primary_that_nobody_elsewhere_can_follow_stays_and_the_plan_says_why()
    {
        var cut = Formed.Change("m-5", n => n with { Link = LinkState.Syncing });
        var plan = EvacuatePlanner.Plan(cut, "az-a");
        Assert.True(plan.IsEmpty);
        var note = Assert.Single(plan.Notes);
        Assert.Equal(("primary-stays", Verdict.Failed, "m-0"), (note.Code, note.Verdict, note.Subject));
        Assert.Contains("m-5 is syncing", note.What);
    }

    [Fact]
    public void A_zone_without_members_is_a_mistake()
    {
        var problem = Assert.Single(
            Assert.Throws<BadInputException>(() => EvacuatePlanner.Plan(Formed, "az-x")).Problems
        );
        Assert.Contains("az-a, az-b, az-c", problem.What);
    }

    [Fact]
    public void Without_a_majority_nothing_is_begun()
    {
        var left = EvacuatePlanner.Plan(Formed, "az-a").Outcome(Formed);
        var two = left.Change("m-1", n => n with { Reachable = false })
            .Change("m-2", n => n with { Reachable = false });
        foreach (
            var plan in new Func<Plan>[]
            {
                () => RestoreLayoutPlanner.Plan(two),
                () => EvacuatePlanner.Plan(two, "az-c"),
            }
        )
        {
            var finding = Assert.Single(Assert.Throws<RefusedException>(plan).Findings);
            Assert.Equal("no-majority", finding.Code);
        }
    }

    [Fact]
    public void Many_shards_are_handed_over_a_few_at_a_time()
    {
        var fresh = Members.Fresh(60, 3);
        var formed = BootstrapPlanner.Plan(fresh, new ClusterShape(60, 1)).Plan!.Outcome(fresh);
        var plan = EvacuatePlanner.Plan(formed, "az-b");
        Assert.Equal([4, 4, 2], plan.Stages.Select(s => s.Steps.Length));
        var after = ZoneLayout.Of(plan.Outcome(formed)).PrimariesByZone;
        Assert.Equal((0, 30), (after["az-b"], after.Values.Sum()));
    }

    [Fact]
    public void No_plan_breaks_what_must_hold_and_its_outcome_needs_none() =>
        Gen.Int[0, int.MaxValue - 1]
            .Sample(
                seed =>
                {
                    var topology = Disordered.WithMajority(seed);
                    var restore = RestoreLayoutPlanner.Plan(topology);
                    Assert.Empty(PlanChecker.Check(restore, topology));
                    Assert.True(RestoreLayoutPlanner.Plan(restore.Outcome(topology)).IsEmpty);
                    Assert.Equal(
                        PlanJson.Write(restore),
                        PlanJson.Write(
                            RestoreLayoutPlanner.Plan(topology with { Nodes = [.. topology.Nodes.Reverse()] })
                        )
                    );
                    foreach (var zone in ZoneLayout.Of(topology).Zones)
                    {
                        var evacuate = EvacuatePlanner.Plan(topology, zone);
                        Assert.Empty(PlanChecker.Check(evacuate, topology));
                        var after = evacuate.Outcome(topology);
                        Assert.True(EvacuatePlanner.Plan(after, zone).IsEmpty);
                        Assert.Equal(
                            evacuate.Notes.Count(n => n.Code == "primary-stays"),
                            ZoneLayout.Of(after).PrimariesByZone[zone]
                        );
                    }
                },
                iter: 150
            );

    [Fact]
    public void What_was_left_comes_back_whole() =>
        Gen.Int[0, int.MaxValue - 1]
            .Sample(
                seed =>
                {
                    var topology = Disordered.Of(seed, isHealthy: true);
                    var best = RestoreLayoutPlanner.Plan(topology).Outcome(topology);
                    foreach (var zone in ZoneLayout.Of(topology).Zones)
                    {
                        var left = EvacuatePlanner.Plan(best, zone).Outcome(best);
                        var back = RestoreLayoutPlanner.Plan(left).Outcome(left);
                        Assert.Equal(0, LayoutDebt.Of(back).CompareTo(LayoutDebt.Of(best)));
                    }
                },
                iter: 40
            );

    [Fact]
    public void No_other_hand_overs_at_once_would_do_better_or_with_fewer() =>
        Gen.Int[0, int.MaxValue - 1]
            .Sample(
                seed =>
                {
                    var topology = Disordered.WithMajority(seed);
                    var plan = RestoreLayoutPlanner.Plan(topology);
                    var (best, fewest) = Best(topology);
                    var debt = LayoutDebt.Of(plan.Outcome(topology));
                    Assert.True(debt.CompareTo(best) <= 0, $"{debt}, though there is {best}");
                    Assert.True(
                        debt.CompareTo(best) < 0 || Steps(plan).Length == fewest,
                        $"{Steps(plan).Length} hand-overs, though {fewest} are enough"
                    );
                },
                iter: 200
            );

    /// <summary>
    /// By trying every choice of primaries, all at once. A second round may do better: who was primary, or had lost its
    /// link, is a taker then.
    /// </summary>
    private static (LayoutDebt Debt, int HandOvers) Best(Topology topology)
    {
        IEnumerable<(Topology Now, int Moves)> ways = [(topology, 0)];
        foreach (var shard in topology.Shards().Where(s => s.Primary is { Reachable: true, Failed: false }))
        {
            var takers = shard.Replicas.Where(r =>
                r is { Reachable: true, Link: LinkState.InSync } && topology.ZoneOf(r) is not null
            );
            ways = ways.SelectMany(w =>
                    takers.Select(t => (Over(t, shard.Primary).ApplyTo(w.Now), w.Moves + 1)).Prepend((w.Now, w.Moves))
                )
                .ToArray();
        }
        return ways.Select(w => (LayoutDebt.Of(w.Now), w.Moves)).Min();
    }

    private static HandOver Over(Node taker, Node primary) =>
        new(taker.Member!, taker.Id, primary.Member!, primary.Id, HandOverKind.Planned) { Reason = "a test" };

    private static ImmutableArray<HandOver> Steps(Plan plan) =>
        [.. plan.Stages.SelectMany(s => s.Steps).Cast<HandOver>()];
}
