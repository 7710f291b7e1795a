using Slotwright.Core.Cluster;
using Slotwright.Core.Placement;

namespace Slotwright.Core.Health;

/// <summary>The best that the members and zones at hand allow; what is worse than this could be mended.</summary>
/// <param name="ReplicasInPrimaryZone">Null where it is not known.</param>
/// <param name="ZonePairs">Null where it is not known.</param>
internal sealed record ZoneBounds(
    int WholeShards,
    int PrimariesInFullestZone,
    int? ReplicasInPrimaryZone,
    int? ZonePairs
)
{
    public static ZoneBounds Of(Topology topology, ZoneLayout layout)
    {
        var primaries = topology.Shards().Length;
        var members = topology.Members.Count;
        return
            primaries > 0
            && members % primaries == 0
            && topology.Members.Values.All(m => m.Zone is not null)
            && topology.Members.Values.DistinctBy(m => m.Ordinal).Count() == members
            ? OfPlacement(topology, primaries, (members / primaries) - 1)
            : OfCounts(topology, layout, primaries);
    }

    /// <summary>Members that make whole shards: what bootstrap would do with them.</summary>
    private static ZoneBounds OfPlacement(Topology topology, int primaries, int replicas)
    {
        var best = Placer
            .Place(
                new PlacementRequest(
                    [.. topology.Members.Values.Select(m => new PlacementMember(m.Name, m.Ordinal, m.Zone))],
                    primaries,
                    replicas
                )
            )
            .Score;
        return new ZoneBounds(
            best.ShardsInOneZone,
            best.PrimariesInFullestZone,
            best.ReplicasInPrimaryZone,
            best.ZonePairs
        );
    }

    /// <summary>Members that don't: what follows from the sizes of the zones. Each shard needs one outside its zone.</summary>
    private static ZoneBounds OfCounts(Topology topology, ZoneLayout layout, int primaries)
    {
        var sizes = layout.Zones.Select(z => topology.Members.Values.Count(m => m.Zone == z)).ToArray();
        var share = (primaries + sizes.Length - 1) / sizes.Length;
        while (share < primaries && sizes.Sum(s => Math.Min(s, share)) < primaries)
        {
            share++;
        }
        var elsewhere = topology.Members.Count - Math.Max(primaries, sizes.Max());
        return new ZoneBounds(Math.Max(0, primaries - elsewhere), share, null, null);
    }
}
