using Slotwright.Core.Cluster;

namespace Slotwright.Core.Health;

/// <summary>
/// What is wrong with a layout: no zone with more than its share of primaries, never a majority where there are three
/// zones, no shard within one zone, and its nodes in as many zones as there are, as far as the members allow it.
/// </summary>
internal static class ZoneFaults
{
    /// <summary>Failed is what the members at hand allow to mend; a warning is grave, but can't be had better.</summary>
    public static IEnumerable<Finding> Of(Topology topology, ZoneLayout layout)
    {
        if (layout.Zones.Length < 2)
        {
            return [];
        }
        var best = ZoneBounds.Of(topology, layout);
        return [.. Crowded(topology.Shards().Length, layout, best), .. OfShards(topology, layout, best)];
    }

    private static IEnumerable<Finding> Crowded(int total, ZoneLayout layout, ZoneBounds best)
    {
        foreach (var (zone, count) in layout.PrimariesByZone)
        {
            var mendable = count > best.PrimariesInFullestZone;
            if (layout.Zones.Length > 2 && total > 2 && count > total / 2)
            {
                yield return new Finding(
                    "zone-majority",
                    mendable ? Verdict.Failed : Verdict.Warning,
                    zone,
                    $"{count} of {total} primaries are in this zone",
                    "its loss takes the majority of primaries, so that nobody is elected for the rest",
                    mendable ? MovePrimaries : "the members at hand allow no better: even out the zones"
                );
            }
            else if (mendable)
            {
                yield return new Finding(
                    "zone-crowded",
                    Verdict.Failed,
                    zone,
                    $"{count} of {total} primaries are in this zone, {best.PrimariesInFullestZone} would do",
                    "its loss takes more shards' writes at once than need be",
                    MovePrimaries
                );
            }
        }
    }

    private static IEnumerable<Finding> OfShards(Topology topology, ZoneLayout layout, ZoneBounds best)
    {
        foreach (var shard in layout.Whole.Where(s => !s.Replicas.IsEmpty))
        {
            var mendable = layout.Whole.Length > best.WholeShards;
            yield return new Finding(
                "shard-in-one-zone",
                mendable ? Verdict.Failed : Verdict.Warning,
                $"slots {shard.Slots}",
                $"{shard.Primary.Label} and all its replicas are in {topology.ZoneOf(shard.Primary)}",
                "the loss of this zone takes the whole shard",
                mendable
                    ? "give it a replica in another zone"
                    : "the members at hand allow no better: even out the zones"
            );
        }
        if (best.ReplicasInPrimaryZone is { } beside && layout.ReplicasInPrimaryZone > beside)
        {
            foreach (var replica in layout.Beside)
            {
                yield return new Finding(
                    "replica-in-primary-zone",
                    Verdict.Failed,
                    replica.Label,
                    $"it is in {topology.ZoneOf(replica)}, where its primary is",
                    "the loss of this zone takes both",
                    "have it replicate a primary of another zone"
                );
            }
        }
        if (best.ZonePairs is { } pairs && layout.ZonePairs > pairs)
        {
            foreach (var (shard, _) in layout.Pairs.Where(p => IsNarrow(topology, layout, p.Shard)))
            {
                yield return new Finding(
                    "shard-in-few-zones",
                    Verdict.Failed,
                    $"slots {shard.Slots}",
                    $"its {shard.Nodes.Count()} nodes are in {Zones(topology, shard)} of {layout.Zones.Length} zones",
                    "the loss of one zone takes more of it than need be",
                    "have a replica of another zone replicate its primary"
                );
            }
        }
    }

    private const string MovePrimaries = "slotwright restore-layout moves primaries to other zones";

    /// <summary>There are zones that it could reach; those whose fault was told already are left out.</summary>
    private static bool IsNarrow(Topology topology, ZoneLayout layout, Shard shard) =>
        Zones(topology, shard) is > 1 and var zones
        && zones < Math.Min(layout.Zones.Length, shard.Nodes.Count())
        && !shard.Replicas.Any(r => layout.Beside.Any(b => b.Id == r.Id));

    private static int Zones(Topology topology, Shard shard) =>
        shard.Nodes.Select(topology.ZoneOf).Distinct(StringComparer.Ordinal).Count();
}
