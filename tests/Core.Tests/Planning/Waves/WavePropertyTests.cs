using CsCheck;
using Slotwright.Core.Cluster;
using Slotwright.Core.Health;
using Slotwright.Core.Planning;
using Slotwright.Core.Planning.Steps;
using Slotwright.Core.Planning.Waves;

namespace Slotwright.Core.Tests.Planning.Waves;

/// <summary>Whatever the cluster, the plan keeps what waves promise. The model here knows nothing of the planner.</summary>
public sealed class WavePropertyTests
{
    private static readonly Gen<WaveWish> Wishes =
        from most in Gen.Int[0, 4]
        from across in Gen.Bool
        from keeps in Gen.Bool
        from downtime in Gen.Bool
        select new WaveWish
        {
            MaxParallel = most == 0 ? null : most,
            AcrossZones = across,
            KeepsOne = keeps,
            AllowDowntime = downtime,
        };

    private static readonly Gen<(Topology Before, WaveWish Wish)> Cases =
        from before in Clusters.Any(8, downToo: true)
        from wish in Wishes
        select (before, wish);

    [Fact]
    public void Plans_are_safe_in_the_checker_s_eyes() =>
        Cases.Sample(c =>
            WavePlanner.Plan(c.Before, c.Wish).Plan is not { } plan
            || PlanChecker.Check(plan, c.Before) is { IsEmpty: true }
        );

    [Fact]
    public void Every_member_that_is_old_restarts_exactly_once_but_those_that_are_kept() =>
        Cases.Sample(c =>
        {
            var decision = WavePlanner.Plan(c.Before, c.Wish);
            if (decision.Plan is not { } plan)
            {
                return;
            }
            var old = c.Before.Members.Values.Where(m => Outdated.Is(m, c.Before)).Select(m => m.Name);
            Assert.Equal(
                old.Except(decision.Kept).Order(StringComparer.Ordinal),
                Restarts(plan).Select(r => r.Member).Order(StringComparer.Ordinal)
            );
        });

    [Fact]
    public void Never_two_of_a_shard_never_a_primary_that_serves_never_below_a_majority() =>
        Cases.Sample(c =>
        {
            var now = c.Before;
            foreach (var stage in WavePlanner.Plan(c.Before, c.Wish).Plan?.Stages ?? [])
            {
                var away = stage.Steps.OfType<RestartMember>().Select(r => now.Find(r.Node)!).ToArray();
                Assert.Distinct(away.Where(InShard).Select(n => n.Primary ?? n.Id));
                Assert.All(
                    away.Where(n => n is { IsPrimary: true, Reachable: true } && InShard(n)),
                    n => Assert.True(c.Wish.AllowDowntime && !HasTaker(c.Before, n.Id), n.Label)
                );
                var voters = now.Primaries.Where(InShard).ToArray();
                var up = voters.Count(v => v.Reachable && away.All(a => a.Id != v.Id));
                Assert.True(up > voters.Length / 2 || voters.Count(v => v.Reachable) <= voters.Length / 2);
                Assert.True(c.Wish.MaxParallel is not { } most || away.Length <= most || away.All(a => !a.Reachable));
                Assert.True(
                    c.Wish.AcrossZones || away.Where(a => a.Reachable).Select(now.ZoneOf).Distinct().Count() <= 1
                );
                now = stage.Steps.Aggregate(now, (t, s) => s.ApplyTo(t));
            }
        });

    [Fact]
    public void Planning_again_on_the_outcome_of_any_stage_goes_on_and_on_that_of_the_last_there_is_nothing_to_do() =>
        Cases.Sample(c =>
        {
            var first = WavePlanner.Plan(c.Before, c.Wish);
            var now = c.Before;
            var restarted = 0;
            foreach (var stage in first.Plan?.Stages ?? [])
            {
                now = stage.Steps.Aggregate(now, (t, s) => s.ApplyTo(t));
                restarted += stage.Steps.OfType<RestartMember>().Count();
                var again = WavePlanner.Plan(now, c.Wish);
                Assert.NotNull(again.Plan);
                Assert.Equal(Restarts(first.Plan!).Count() - restarted, Restarts(again.Plan).Count());
            }
            if (first.Plan is not null)
            {
                Assert.True(WavePlanner.Plan(now, c.Wish).Plan!.IsEmpty);
            }
        });

    [Fact]
    public void The_same_cluster_gives_the_same_bytes() =>
        Cases.Sample(c =>
            WavePlanner.Plan(c.Before, c.Wish).Plan is not { } plan
            || PlanJson.Write(plan)
                == PlanJson.Write(
                    WavePlanner.Plan(c.Before with { Nodes = [.. c.Before.Nodes.Reverse()] }, c.Wish).Plan!
                )
        );

    [Fact]
    public void With_one_kept_each_shard_that_can_have_it_has_one_old_replica_and_a_new_primary() =>
        Cases.Sample(c =>
        {
            var wish = c.Wish with { KeepsOne = true };
            if (WavePlanner.Plan(c.Before, wish) is not { Plan: { } plan } decision)
            {
                return;
            }
            var after = plan.Outcome(c.Before);
            foreach (var shard in after.Shards())
            {
                Assert.False(Outdated.Is(shard.Primary, after));
                Assert.True(shard.Replicas.Count(r => Outdated.Is(r, after)) <= 1);
            }
            Assert.Equal(
                decision.Kept.Order(StringComparer.Ordinal),
                after.Members.Values.Where(m => Outdated.Is(m, after)).Select(m => m.Name).Order(StringComparer.Ordinal)
            );
        });

    /// <summary>By trying all ways out, where there are few shards of one replica at most.</summary>
    [Fact]
    public void Hand_overs_are_as_few_as_the_layout_allows() =>
        Clusters
            .Any(6, downToo: false, mostReplicas: 1)
            .Sample(before =>
            {
                if (WavePlanner.Plan(before, WaveWish.Default).Plan is not { } plan)
                {
                    return;
                }
                var overs = plan.Stages.SelectMany(s => s.Steps).OfType<HandOver>().Count();
                Assert.True(LayoutDebt.Of(plan.Outcome(before)).CompareTo(LayoutDebt.Of(before)) <= 0);
                Assert.Equal(Fewest(before), overs);
            });

    private static int Fewest(Topology before)
    {
        var moving = before.Shards().RemoveAll(s => !Outdated.Is(s.Primary, before));
        var best = int.MaxValue;
        void Try(Topology now, int index, int cost)
        {
            if (index == moving.Length)
            {
                if (cost < best && LayoutDebt.Of(now).CompareTo(LayoutDebt.Of(before)) <= 0)
                {
                    best = cost;
                }
                return;
            }
            var shard = moving[index];
            foreach (var replica in shard.Replicas)
            {
                var over = new HandOver(
                    replica.Member!,
                    replica.Id,
                    shard.Primary.Member!,
                    shard.Primary.Id,
                    HandOverKind.Planned
                )
                {
                    Reason = "a test",
                };
                Try(over.ApplyTo(now), index + 1, cost + 1);
            }
            Try(now, index + 1, cost + 2);
        }
        Try(before, 0, 0);
        return best;
    }

    private static bool InShard(Node node) => !node.IsPrimary || !node.Slots.IsEmpty;

    private static bool HasTaker(Topology topology, NodeId primary) =>
        topology.Nodes.Any(n => n.Primary == primary && n.Link == LinkState.InSync);

    private static IEnumerable<RestartMember> Restarts(Plan plan) =>
        plan.Stages.SelectMany(s => s.Steps).OfType<RestartMember>();
}
