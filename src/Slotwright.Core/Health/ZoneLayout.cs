using System.Collections.Immutable;
using Slotwright.Core.Cluster;

namespace Slotwright.Core.Health;

/// <summary>How a cluster lies over its zones: facts, without a verdict.</summary>
/// <param name="Zones">The zones of the members, sorted; empty where none is known.</param>
/// <param name="PrimariesByZone">Primaries that own slots in each zone.</param>
/// <param name="Unplaced">Nodes of shards whose zone is not known. Their shards are left out of what follows.</param>
/// <param name="Whole">Shards all of whose nodes are in one zone, those without replicas among them.</param>
/// <param name="Beside">Replicas that are in the zone of their primary, though their shard has others elsewhere.</param>
/// <param name="Pairs">Pairs of nodes of one shard in one zone, by the number that each shard has; those with none left out.</param>
public sealed record ZoneLayout(
    ImmutableArray<string> Zones,
    ImmutableSortedDictionary<string, int> PrimariesByZone,
    ImmutableArray<Node> Unplaced,
    ImmutableArray<Shard> Whole,
    ImmutableArray<Node> Beside,
    ImmutableArray<(Shard Shard, int Count)> Pairs
)
{
    /// <summary>Primaries in the zone that has most of them.</summary>
    public int PrimariesInFullestZone => PrimariesByZone.Values.DefaultIfEmpty().Max();

    public int ReplicasInPrimaryZone => Beside.Length + Whole.Sum(s => s.Replicas.Length);

    public int ZonePairs => Pairs.Sum(p => p.Count);

    public static ZoneLayout Of(Topology topology)
    {
        var shards = topology.Shards();
        ImmutableArray<string> zones =
        [
            .. topology
                .Members.Values.Select(m => m.Zone)
                .OfType<string>()
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];
        var known = shards.RemoveAll(s => s.Nodes.Any(n => topology.ZoneOf(n) is null));
        var whole = known.RemoveAll(s => s.Replicas.Any(r => !SameZone(r, s.Primary)));
        return new ZoneLayout(
            zones,
            zones.ToImmutableSortedDictionary(
                z => z,
                z => shards.Count(s => topology.ZoneOf(s.Primary) == z),
                StringComparer.Ordinal
            ),
            [.. shards.SelectMany(s => s.Nodes).Where(n => topology.ZoneOf(n) is null)],
            whole,
            [.. known.Except(whole).SelectMany(s => s.Replicas.Where(r => SameZone(r, s.Primary)))],
            [.. known.Select(s => (s, PairsOf(s))).Where(p => p.Item2 > 0)]
        );

        bool SameZone(Node a, Node b) => topology.ZoneOf(a) == topology.ZoneOf(b);

        int PairsOf(Shard shard) => shard.Nodes.CountBy(n => topology.ZoneOf(n)!).Sum(z => z.Value * (z.Value - 1) / 2);
    }
}
