using System.Collections.Immutable;
using Slotwright.Core.Cluster;

namespace Slotwright.Core.Health;

/// <summary>
/// How a cluster lies over its zones, against the best that its members allow: no zone with more than its share of
/// primaries, never a majority where there are three zones, no shard within one zone where another can be had.
/// </summary>
/// <param name="Zones">The zones of the members, sorted; empty where none is known.</param>
/// <param name="PrimariesByZone">Primaries that own slots in each zone.</param>
/// <param name="Unplaced">Nodes of the cluster whose zone is not known.</param>
/// <param name="Broken">What is not as it should be.</param>
public sealed record ZoneLayout(
    ImmutableArray<string> Zones,
    ImmutableSortedDictionary<string, int> PrimariesByZone,
    ImmutableArray<Node> Unplaced,
    ImmutableArray<Finding> Broken
)
{
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
        var byZone = zones.ToImmutableSortedDictionary(
            z => z,
            z => shards.Count(s => topology.ZoneOf(s.Primary) == z),
            StringComparer.Ordinal
        );
        ImmutableArray<Node> unplaced = [.. shards.SelectMany(s => s.Nodes).Where(n => topology.ZoneOf(n) is null)];
        return new ZoneLayout(
            zones,
            byZone,
            unplaced,
            zones.Length < 2 ? [] : [.. OverZones(topology, shards, zones, byZone)]
        );
    }

    private static IEnumerable<Finding> OverZones(
        Topology topology,
        ImmutableArray<Shard> shards,
        ImmutableArray<string> zones,
        ImmutableSortedDictionary<string, int> byZone
    )
    {
        var total = shards.Length;
        var share = FairShare(topology, total, zones);
        foreach (var (zone, count) in byZone)
        {
            if (zones.Length > 2 && count > total / 2)
            {
                yield return new Finding(
                    "zone-majority",
                    Verdict.Failed,
                    zone,
                    $"{count} of {total} primaries are in this zone",
                    "its loss takes the majority of primaries, so that nobody is elected for the rest",
                    "move primaries to other zones: CLUSTER FAILOVER on replicas elsewhere"
                );
            }
            else if (count > share)
            {
                yield return new Finding(
                    "zone-crowded",
                    Verdict.Failed,
                    zone,
                    $"{count} of {total} primaries are in this zone, {share} would do",
                    "its loss takes more shards' writes at once than need be",
                    "move primaries to other zones: CLUSTER FAILOVER on replicas elsewhere"
                );
            }
        }
        foreach (var shard in shards)
        {
            var home = topology.ZoneOf(shard.Primary);
            var replicaZones = shard.Replicas.Select(topology.ZoneOf).ToArray();
            var known = shard.Nodes.All(n => topology.ZoneOf(n) is not null);
            if (shard.Replicas.IsEmpty || home is null || !known)
            {
                continue;
            }
            var subject = $"slots {shard.Slots}";
            if (replicaZones.All(z => z == home))
            {
                yield return new Finding(
                    "shard-in-one-zone",
                    Verdict.Failed,
                    subject,
                    $"{shard.Primary.Label} and all its replicas are in {home}",
                    "the loss of this zone takes the whole shard",
                    "give it a replica in another zone"
                );
            }
            else if (replicaZones.Contains(home) && shard.Replicas.Length < zones.Length)
            {
                yield return new Finding(
                    "replica-in-primary-zone",
                    Verdict.Warning,
                    subject,
                    $"a replica is in {home}, where its primary {shard.Primary.Label} is",
                    "the loss of this zone takes both",
                    "move the replica to a zone that has none of this shard"
                );
            }
        }
    }

    /// <summary>ceil(P/Z), or more where zones have too few members to hold their share.</summary>
    private static int FairShare(Topology topology, int primaries, ImmutableArray<string> zones)
    {
        var sizes = zones.Select(z => topology.Members.Values.Count(m => m.Zone == z)).ToArray();
        var share = (primaries + zones.Length - 1) / zones.Length;
        while (share < primaries && sizes.Sum(s => Math.Min(s, share)) < primaries)
        {
            share++;
        }
        return share;
    }
}
