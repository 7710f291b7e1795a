using Slotwright.Core.Cluster;

namespace Slotwright.Core.Health;

/// <summary>
/// How far a layout is from the best that its members allow: criteria in the order in which placement has them, a
/// later one counts only where all before it are equal. All are 0 where nothing can be mended.
/// </summary>
/// <param name="MissingReplicas">Replicas that shards lack, were all members evenly shared among them.</param>
/// <param name="WholeShards">Shards too many that the loss of one zone would take whole.</param>
/// <param name="CrowdedPrimaries">Primaries too many in the fullest zone.</param>
/// <param name="BesidePrimary">Replicas too many in the zone of their primary.</param>
/// <param name="ZonePairs">Pairs too many of nodes of one shard in one zone.</param>
public readonly record struct LayoutDebt(
    int MissingReplicas,
    int WholeShards,
    int CrowdedPrimaries,
    int BesidePrimary,
    int ZonePairs
) : IComparable<LayoutDebt>
{
    public static LayoutDebt Of(Topology topology)
    {
        var shards = topology.Shards();
        if (shards.IsEmpty)
        {
            return default;
        }
        var replicas = (topology.Members.Count / shards.Length) - 1;
        var missing = shards.Sum(s => Math.Max(0, replicas - s.Replicas.Length));
        var layout = ZoneLayout.Of(topology);
        if (layout.Zones.Length < 2)
        {
            return new LayoutDebt(missing, 0, 0, 0, 0);
        }
        var best = ZoneBounds.Of(topology, layout);
        return new LayoutDebt(
            missing,
            Over(layout.Whole.Length, best.WholeShards),
            Over(layout.PrimariesInFullestZone, best.PrimariesInFullestZone),
            Over(layout.ReplicasInPrimaryZone, best.ReplicasInPrimaryZone),
            Over(layout.ZonePairs, best.ZonePairs)
        );
    }

    public int CompareTo(LayoutDebt other) => Criteria.CompareTo(other.Criteria);

    private (int, int, int, int, int) Criteria =>
        (MissingReplicas, WholeShards, CrowdedPrimaries, BesidePrimary, ZonePairs);

    private static int Over(int count, int? best) => best is { } b ? Math.Max(0, count - b) : 0;
}
