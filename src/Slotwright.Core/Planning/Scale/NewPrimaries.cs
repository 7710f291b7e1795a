using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Placement;

namespace Slotwright.Core.Planning.Scale;

/// <summary>Which empty members become the primaries of new shards.</summary>
internal static class NewPrimaries
{
    /// <summary>
    /// Ways to choose, of which one is as good as can be had: by the zones of all primaries, and as if the empty members
    /// were a cluster of their own. Members that have replicas already were chosen by an attempt that was cut off.
    /// </summary>
    /// <param name="empty">Primaries without slots and keys.</param>
    public static IEnumerable<ImmutableArray<Node>> Ways(
        Topology topology,
        ImmutableArray<Node> empty,
        int count,
        int replicas
    )
    {
        if (count == 0)
        {
            return
            [
                [],
            ];
        }
        var ways = new List<ImmutableArray<Node>> { ByZones(topology, empty, count) };
        if (empty.Length == count * (replicas + 1) && !empty.Any(n => HasReplicas(topology, n)))
        {
            ways.Add(AsPlaced(topology, empty, count, replicas));
        }
        return ways;
    }

    private static ImmutableArray<Node> ByZones(Topology topology, ImmutableArray<Node> empty, int count)
    {
        var counts = topology.Voters.CountBy(Zone).ToDictionary(StringComparer.Ordinal);
        var left = empty.ToList();
        var chosen = ImmutableArray.CreateBuilder<Node>(count);
        while (chosen.Count < count)
        {
            var sizes = left.CountBy(Zone).ToDictionary(StringComparer.Ordinal);
            var next = left.OrderByDescending(n => HasReplicas(topology, n))
                .ThenBy(n => counts.GetValueOrDefault(Zone(n)))
                .ThenByDescending(n => sizes[Zone(n)])
                .ThenBy(n => topology.Members[n.Member!].Ordinal)
                .First();
            counts[Zone(next)] = counts.GetValueOrDefault(Zone(next)) + 1;
            left.Remove(next);
            chosen.Add(next);
        }
        return chosen.MoveToImmutable();

        string Zone(Node node) => topology.ZoneOf(node) ?? "";
    }

    private static ImmutableArray<Node> AsPlaced(
        Topology topology,
        ImmutableArray<Node> empty,
        int count,
        int replicas
    ) =>
        [
            .. Placer
                .Place(
                    new PlacementRequest(
                        [
                            .. empty
                                .Select(n => topology.Members[n.Member!])
                                .Select(m => new PlacementMember(m.Name, m.Ordinal, m.Zone, m.Machine)),
                        ],
                        count,
                        replicas
                    )
                )
                .Shards.Select(s => topology.NodeOf(s.Primary.Name)!),
        ];

    private static bool HasReplicas(Topology topology, Node node) => topology.Nodes.Any(n => n.Primary == node.Id);
}
