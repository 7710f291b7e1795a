using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Core.Health;
using Slotwright.Core.Planning.Seats;

namespace Slotwright.Core.Planning.Failover;

/// <summary>No primaries left in a zone, as before its maintenance; the other zones share them as evenly as they can.</summary>
public static class EvacuatePlanner
{
    private const string Operation = "evacuate";

    /// <exception cref="BadInputException">There is no such zone.</exception>
    /// <exception cref="RefusedException">No majority of primaries is up that would elect anybody.</exception>
    public static Plan Plan(Topology topology, string zone)
    {
        Demand(topology, zone);
        var shards = topology.Shards();
        var leaving = shards.RemoveAll(s => topology.ZoneOf(s.Primary) != zone);
        var movable = leaving.RemoveAll(s => TakersOf(s).IsEmpty);
        var staying = shards
            .Where(s => topology.ZoneOf(s.Primary) != zone)
            .CountBy(s => Takers.Zone(topology, s.Primary))
            .ToDictionary(StringComparer.Ordinal);
        var handOvers = movable
            .Zip(Seats())
            .Select(s =>
                HandOverStages.Planned(
                    s.Second.Node,
                    s.First.Primary,
                    $"{zone} is to have no primaries; {s.Second.Node.Label} is in {(s.Second.Zone is { Length: > 0 } z ? z : "another zone")}"
                )
            );
        var plan = new Plan(
            Operation,
            HandOverStages.Of(Operation, handOvers, topology),
            [.. leaving.Where(s => TakersOf(s).IsEmpty).Select(s => Stays(s, topology))]
        );
        return WayBack.Told(plan, topology);

        ImmutableArray<Node> TakersOf(Shard shard) =>
            shard.Primary is { Reachable: true, Failed: false }
                ? Takers.Of(shard, topology).RemoveAll(t => topology.ZoneOf(t) == zone || topology.ZoneOf(t) is null)
                : [];

        ImmutableArray<SeatOption> Seats()
        {
            ImmutableArray<ImmutableArray<SeatOption>> options =
            [
                .. movable.Select(s =>
                    TakersOf(s)
                        .Select(t => new SeatOption(t, Takers.Zone(topology, t), Takers.Beside(s, t, topology)))
                        .ToImmutableArray()
                ),
            ];
            for (var most = 1; ; most++)
            {
                if (Seating.Find(options, z => Math.Max(0, most - staying.GetValueOrDefault(z))) is { } seats)
                {
                    return seats;
                }
            }
        }
    }

    private static void Demand(Topology topology, string zone)
    {
        var zones = ZoneLayout.Of(topology).Zones;
        if (!zones.Contains(zone, StringComparer.Ordinal))
        {
            throw new BadInputException(
                new Problem(
                    "ZONE",
                    zones.IsEmpty
                        ? $"there is no member in zone '{zone}': no member's zone is known"
                        : $"there is no member in zone '{zone}'; there {(zones.Length == 1 ? "is" : "are")} {string.Join(", ", zones)}",
                    zones.IsEmpty
                        ? "set availability-zone on the servers, or name zones in a --zones-file"
                        : "name one of them"
                )
            );
        }
    }

    private static Finding Stays(Shard shard, Topology topology)
    {
        var zone = topology.ZoneOf(shard.Primary);
        var primary = shard.Primary;
        return new Finding(
            "primary-stays",
            Verdict.Failed,
            primary.Label,
            $"it stays primary in {zone}: "
                + (
                    primary is not { Reachable: true, Failed: false } ? "it does not answer"
                    : Takers.Of(shard, topology).IsEmpty ? Takers.WhyNobody(shard, topology)
                    : $"its replicas in sync are all in {zone}, or where nobody knows"
                ),
            "maintenance of the zone takes its shard away",
            primary is { Reachable: true, Failed: false }
                ? "bring a replica in another zone into sync, and run the same command again"
                : $"slotwright failover {primary.Label} replaces it where it is gone"
        );
    }
}
