using System.Collections.Immutable;

namespace Slotwright.Core.Placement;

/// <summary>
/// How good an assignment is, best the smallest: criteria in their order, a later one counts only where all before it
/// are equal. Any assignment can be scored, made by <see cref="Placer"/> or not. Members of unknown zone count as
/// being together in one zone of their own, since nothing says that they are apart.
/// </summary>
/// <param name="IncompleteShards">Shards that have not exactly the replicas that were asked for.</param>
/// <param name="ShardsInOneZone">Shards that the loss of one zone, whichever it is, would take whole.</param>
/// <param name="PrimariesInFullestZone">Primaries in the zone that has most of them.</param>
/// <param name="ReplicasInPrimaryZone">Replicas in the zone of their own primary.</param>
/// <param name="ZonePairs">Pairs of nodes of one shard in one zone, over all shards.</param>
/// <param name="MachinePairs">
/// Pairs of nodes of one shard on one machine, over all shards. A machine is known by its zone and its name: the same
/// name in two zones is two machines. A node whose machine is not known is in no pair.
/// </param>
/// <param name="PrimaryOrdinals">Ordinals of the primaries in ascending order: of two lists the one that is smaller at
/// their first difference.</param>
public sealed record PlacementScore(
    int IncompleteShards,
    int ShardsInOneZone,
    int PrimariesInFullestZone,
    int ReplicasInPrimaryZone,
    int ZonePairs,
    int MachinePairs,
    ImmutableArray<int> PrimaryOrdinals
) : IComparable<PlacementScore>
{
    public static PlacementScore Of(IReadOnlyCollection<ShardPlacement> shards, int replicasPerPrimary) =>
        new(
            shards.Count(s => s.Replicas.Length != replicasPerPrimary),
            shards.Count(s => s.Replicas.All(r => ZoneOf(r) == ZoneOf(s.Primary))),
            shards.CountBy(s => ZoneOf(s.Primary)).Select(z => z.Value).DefaultIfEmpty().Max(),
            shards.Sum(s => s.Replicas.Count(r => ZoneOf(r) == ZoneOf(s.Primary))),
            shards.Sum(s => Pairs(s.Nodes.CountBy(ZoneOf))),
            shards.Sum(MachinePairsOf),
            [.. shards.Select(s => s.Primary.Ordinal).Order()]
        );

    public int CompareTo(PlacementScore? other)
    {
        if (other is null)
        {
            return 1;
        }
        var order = Criteria.CompareTo(other.Criteria);
        return order != 0 ? order : PrimaryOrdinals.AsSpan().SequenceCompareTo(other.PrimaryOrdinals.AsSpan());
    }

    public bool Equals(PlacementScore? other) => CompareTo(other) == 0;

    public override int GetHashCode() => Criteria.GetHashCode();

    public override string ToString() => $"{Criteria} primaries {string.Join(',', PrimaryOrdinals)}";

    internal static string ZoneOf(PlacementMember member) => member.Zone ?? "";

    internal static string MachineOf(PlacementMember member) => member.Machine ?? "";

    internal static int MachinePairsOf(ShardPlacement shard) =>
        Pairs(shard.Nodes.Where(n => MachineOf(n).Length > 0).CountBy(n => (ZoneOf(n), MachineOf(n))));

    private (int, int, int, int, int, int) Criteria =>
        (IncompleteShards, ShardsInOneZone, PrimariesInFullestZone, ReplicasInPrimaryZone, ZonePairs, MachinePairs);

    private static int Pairs<T>(IEnumerable<KeyValuePair<T, int>> counts) =>
        counts.Sum(c => c.Value * (c.Value - 1) / 2);
}
