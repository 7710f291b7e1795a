using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Core.Health;
using Slotwright.Core.Planning.Seats;
using Slotwright.Core.Planning.Steps;

namespace Slotwright.Core.Planning.Failover;

/// <summary>
/// Primaries back to where no zone has more than its share of them and none is in the zone of its replica, as far as
/// hand-overs alone can do it, with the fewest of them.
/// </summary>
public static class RestoreLayoutPlanner
{
    private const string Operation = "restore-layout";

    /// <exception cref="RefusedException">No majority of primaries is up that would elect anybody.</exception>
    public static Plan Plan(Topology topology)
    {
        var debt = LayoutDebt.Of(topology);
        var layout = ZoneLayout.Of(topology);
        if (debt is { CrowdedPrimaries: 0, BesidePrimary: 0 } || layout.Zones.Length < 2)
        {
            return new Plan(Operation, [], []);
        }
        var shards = topology.Shards();
        var share = ZoneBounds.Of(topology, layout).PrimariesInFullestZone;
        var best = Choose(topology, shards, share, (_, _) => 0);
        var even = Choose(topology, shards, share, (s, n) => Takers.Beside(s, n, topology));
        var chosen = DebtOf(topology, even).CompareTo(DebtOf(topology, best)) < 0 ? even : best;
        if (DebtOf(topology, chosen).CompareTo(debt) >= 0)
        {
            chosen = [];
        }
        var after = Applied(topology, chosen);
        var stages = HandOverStages.Of(Operation, chosen, topology);
        if (chosen.IsEmpty)
        {
            return new Plan(Operation, stages, NotesOf(after));
        }
        var rest = Plan(after); // who was primary may be a taker now; each round leaves less to be done
        return rest with { Stages = [.. stages, .. rest.Stages] };
    }

    /// <summary>The fewest hand-overs of those that are best by what is given.</summary>
    private static ImmutableArray<HandOver> Choose(
        Topology topology,
        ImmutableArray<Shard> shards,
        int share,
        Func<Shard, Node, int> penalty
    )
    {
        ImmutableArray<ImmutableArray<SeatOption>> options = [.. shards.Select(OptionsOf)];
        for (var most = share; ; most++)
        {
            if (Seating.Find(options, _ => most) is { } seats)
            {
                return
                [
                    .. shards
                        .Zip(seats)
                        .Where(s => s.Second.Node.Id != s.First.Primary.Id)
                        .Select(s =>
                            HandOverStages.Planned(s.Second.Node, s.First.Primary, Reason(s.First, s.Second.Node))
                        ),
                ];
            }
        }

        ImmutableArray<SeatOption> OptionsOf(Shard shard) =>
            [
                new SeatOption(shard.Primary, Takers.Zone(topology, shard.Primary), CostOf(shard, shard.Primary)),
                .. MayMove(shard)
                    ? Takers
                        .Of(shard, topology)
                        .Where(t => topology.ZoneOf(t) is not null)
                        .Select(t => new SeatOption(t, Takers.Zone(topology, t), CostOf(shard, t) + 1))
                    : [],
            ];

        int CostOf(Shard shard, Node node) => penalty(shard, node) * (shards.Length + 1);

        string Reason(Shard shard, Node taker) =>
            Takers.Beside(shard, taker, topology) < Takers.Beside(shard, shard.Primary, topology)
                ? $"a replica of {shard.Primary.Label} is in its own zone"
                : $"{topology.ZoneOf(shard.Primary)} has more primaries than its share";
    }

    private static bool MayMove(Shard shard) => shard.Primary is { Reachable: true, Failed: false };

    private static Topology Applied(Topology topology, ImmutableArray<HandOver> handOvers) =>
        handOvers.Aggregate(topology, (now, step) => step.ApplyTo(now));

    private static LayoutDebt DebtOf(Topology topology, ImmutableArray<HandOver> handOvers) =>
        LayoutDebt.Of(Applied(topology, handOvers));

    private static ImmutableArray<Finding> NotesOf(Topology after)
    {
        var debt = LayoutDebt.Of(after);
        if (debt is { CrowdedPrimaries: 0, BesidePrimary: 0 })
        {
            return [];
        }
        var layout = ZoneLayout.Of(after);
        var share = ZoneBounds.Of(after, layout).PrimariesInFullestZone;
        var beside = layout.Beside.Select(b => b.Primary).ToHashSet();
        ImmutableArray<Finding> staying =
        [
            .. after
                .Shards()
                .Where(s =>
                    (after.ZoneOf(s.Primary) is { } zone && layout.PrimariesByZone[zone] > share)
                    || beside.Contains(s.Primary.Id)
                )
                .Where(s => !MayMove(s) || !CanGoElsewhere(s, after))
                .Select(s => Stays(s, after)),
        ];
        return !staying.IsEmpty
            ? staying
            :
            [
                new Finding(
                    "layout-left",
                    Verdict.Warning,
                    "cluster",
                    "hand-overs to replicas in sync alone allow no better",
                    "a zone keeps more than its share of primaries, or a replica its primary's zone",
                    "have replicas follow primaries of other zones"
                ),
            ];
    }

    private static bool CanGoElsewhere(Shard shard, Topology topology) =>
        Takers.Of(shard, topology).Any(t => topology.ZoneOf(t) != topology.ZoneOf(shard.Primary));

    private static Finding Stays(Shard shard, Topology topology) =>
        new(
            "primary-stays",
            Verdict.Warning,
            shard.Primary.Label,
            $"it stays primary in {topology.ZoneOf(shard.Primary)}: "
                + (
                    !MayMove(shard) ? "it does not answer"
                    : Takers.Of(shard, topology).IsEmpty ? Takers.WhyNobody(shard, topology)
                    : "its replicas in sync are all in the same zone"
                ),
            "its zone has more than its share of primaries, or of this shard",
            MayMove(shard)
                ? "bring a replica in another zone into sync, and run the same command again"
                : $"slotwright failover {shard.Primary.Label} replaces it where it is gone"
        );
}
