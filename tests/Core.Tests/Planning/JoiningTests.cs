using CsCheck;
using Slotwright.Core.Cluster;
using Slotwright.Core.Planning;
using Slotwright.Core.Planning.Bootstrap;
using Slotwright.Core.Planning.Steps;
using Slotwright.Core.Tests.Support;

namespace Slotwright.Core.Tests.Planning;

/// <summary>Members that are new and empty, where a cluster stands.</summary>
public sealed class JoiningTests
{
    [Fact]
    public void Where_no_shard_lacks_a_replica_they_join_without_slots()
    {
        var state = Grown(6, 1, 8, 3);

        var plan = Plan(state, 1);

        Assert.Equal(["m-6 joins", "m-7 joins"], Steps(plan));
        var after = plan.Outcome(state);
        Assert.Equal(3, after.Shards().Length);
        Assert.True(Plan(after, 1).IsEmpty);
    }

    [Fact]
    public void Shards_that_lack_one_get_replicas_in_zones_that_they_lack()
    {
        var state = Grown(6, 1, 9, 3);

        var after = Plan(state, 2).Outcome(state);

        Assert.All(after.Shards(), s => Assert.Equal(3, s.Nodes.Select(after.ZoneOf).Distinct().Count()));
    }

    [Fact]
    public void A_shard_without_any_replica_comes_before_zones()
    {
        var state = Grown(6, 1, 9, i => i >= 6 ? "az-a" : $"az-{"abc"[i % 3]}");
        var bare = state.Shards().Single(s => state.ZoneOf(s.Primary) == "az-a");
        state = state.With(bare.Replicas[0] with { Primary = null, Link = LinkState.None, Keys = 5 }); // nobody's to take

        var plan = Plan(state, 2);

        var followed = plan.Stages.SelectMany(s => s.Steps).OfType<Replicate>().Select(r => r.Primary).ToArray();
        Assert.Equal(3, followed.Length);
        Assert.Contains(bare.Primary.Id, followed);
    }

    /// <summary>Zones in any order, some of them unknown.</summary>
    [Fact]
    public void Joining_is_safe_moves_no_slots_fills_every_place_it_can_and_is_done_at_once() =>
        States.Sample(
            s =>
            {
                var plan = Plan(s.State, s.Wanted);
                var after = plan.Outcome(s.State);
                var open = s.State.Shards().Sum(h => Math.Max(0, s.Wanted - h.Replicas.Length));
                return PlanChecker.Check(plan, s.State).IsEmpty
                    && after
                        .Shards()
                        .Select(h => (h.Primary.Id, h.Slots.ToString()))
                        .SequenceEqual(s.State.Shards().Select(h => (h.Primary.Id, h.Slots.ToString())))
                    && after.Shards().Sum(h => h.Replicas.Length)
                        == s.State.Shards().Sum(h => h.Replicas.Length) + Math.Min(open, s.New)
                    && after.Nodes.All(n => n.Joined)
                    && Plan(after, s.Wanted).IsEmpty
                    && !plan.Stages.SelectMany(x => x.Steps).OfType<AssignSlots>().Any();
            },
            iter: 300,
            print: s => $"{s.New} new, {s.Wanted} wanted"
        );

    /// <summary>Best of all is not promised: it would take more than two to change places at once.</summary>
    [Fact]
    public void No_two_new_members_would_better_change_places() =>
        States
            .Where(s => s.State.Members.Values.All(m => m.Zone is not null))
            .Sample(
                s =>
                {
                    var after = Plan(s.State, s.Wanted).Outcome(s.State);
                    var fresh = after.Nodes.TakeLast(s.New).ToArray();
                    var cost = Cost(after);
                    return fresh.All(one => fresh.All(other => Cost(Swapped(after, one, other)) >= cost));
                },
                iter: 200,
                print: s =>
                    $"{s.New} new, {s.Wanted} wanted: "
                    + string.Join(", ", s.State.Members.Values.OrderBy(m => m.Ordinal).Select(m => m.Zone ?? "?"))
            );

    private static readonly Gen<(Topology State, int Wanted, int New)> States =
        from replicas in Gen.Int[0, 1]
        from wanted in Gen.Int[replicas, 2]
        from more in Gen.Int[1, 2]
        from mostZone in Gen.Int[2, 3]
        from zones in Gen.Int[0, mostZone].Array[12]
        let members = 3 * (replicas + 1)
        let fresh = (more * (wanted + 1)) + ((wanted + 1 - (members % (wanted + 1))) % (wanted + 1))
        select (
            Grown(members, replicas, members + fresh, i => zones[i] == 3 ? null : $"az-{"abc"[zones[i]]}"),
            wanted,
            fresh
        );

    private static Topology Grown(int members, int replicas, int after, int zones) =>
        Grown(members, replicas, after, i => $"az-{"abc"[i % zones]}");

    /// <summary>A cluster of the first members, formed, and the others fresh beside it.</summary>
    private static Topology Grown(int members, int replicas, int after, Func<int, string?> zone)
    {
        var small = Members.Fresh(members, zone);
        var formed = BootstrapPlanner.Plan(small, new ClusterShape(members, replicas)).Plan!.Outcome(small);
        var all = Members.Fresh(after, zone);
        return formed with { Members = all.Members, Nodes = [.. formed.Nodes, .. all.Nodes.Skip(members)] };
    }

    private static Plan Plan(Topology topology, int replicas)
    {
        var decision = BootstrapPlanner.Plan(topology, new ClusterShape(topology.Members.Count, replicas));
        Assert.Empty(decision.Refusals);
        return decision.Plan!;
    }

    private static string[] Steps(Plan plan) =>
        [.. plan.Stages.SelectMany(s => s.Steps).Where(s => s is not SetEpoch).Select(s => s.Describe())];

    private static Topology Swapped(Topology topology, Node one, Node other) =>
        topology
            .With(one with { Primary = other.Primary, Link = other.Link })
            .With(other with { Primary = one.Primary, Link = one.Link });

    private static long Cost(Topology topology) =>
        topology
            .Shards()
            .Sum(s =>
            {
                var primary = topology.ZoneOf(s.Primary);
                var zones = s.Replicas.Select(topology.ZoneOf).ToArray();
                var beside = primary is null ? 0 : zones.Count(z => z == primary);
                var isWhole = primary is not null && beside == zones.Length;
                var known = zones.Append(primary).OfType<string>().ToArray();
                var pairs = known.GroupBy(z => z).Sum(g => g.LongCount() * (g.LongCount() - 1) / 2);
                return (zones.Length == 0 ? 10_000_000_000_000L : 0)
                    + (isWhole ? 1_000_000_000L : 0)
                    + (beside * 100_000L)
                    + pairs;
            });
}
