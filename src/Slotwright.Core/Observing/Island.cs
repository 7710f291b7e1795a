using System.Collections.Immutable;
using Slotwright.Core.Cluster;

namespace Slotwright.Core.Observing;

/// <summary>
/// Nodes that know each other, directly or through others. Members that were never met are islands of their own; the
/// one with the most slots, then the most nodes, then the lowest ordinal, is the cluster.
/// </summary>
internal sealed class Island
{
    private readonly HashSet<NodeId> _nodes;
    private readonly HashSet<NodeId> _joined;

    private Island(HashSet<NodeId> nodes, HashSet<NodeId> joined)
    {
        _nodes = nodes;
        _joined = joined;
    }

    public bool Has(NodeId id) => _nodes.Contains(id);

    /// <summary>All nodes of the island that answered know it, and it knows them.</summary>
    public bool IsJoined(NodeId id) => _joined.Contains(id);

    public static Island Main(ImmutableArray<NodeReport> reports, Homes homes)
    {
        var islands = Components(reports);
        if (islands.Count == 0)
        {
            return new Island([], []);
        }
        var main = islands
            .OrderByDescending(i => i.Sum(id => reports.FirstOrDefault(r => r.Id == id)?.Self.Slots.Count ?? 0))
            .ThenByDescending(i => i.Count)
            .ThenBy(i => i.Min(homes.OrdinalOf))
            .First();
        var inside = reports.Where(r => main.Contains(r.Id)).ToArray();
        var knowledge = inside.ToDictionary(r => r.Id, r => r.Known.Select(p => p.Id).ToHashSet());
        var joined = main.Where(id =>
            knowledge.All(k => k.Value.Contains(id))
            && (!knowledge.TryGetValue(id, out var own) || own.IsSupersetOf(knowledge.Keys))
        );
        return new Island(main, [.. joined]);
    }

    private static List<HashSet<NodeId>> Components(ImmutableArray<NodeReport> reports)
    {
        var islands = new List<HashSet<NodeId>>();
        foreach (var report in reports)
        {
            var known = report.Known.Select(p => p.Id).ToHashSet();
            var touching = islands.Where(i => i.Overlaps(known)).ToArray();
            foreach (var island in touching)
            {
                known.UnionWith(island);
                islands.Remove(island);
            }
            islands.Add(known);
        }
        return islands;
    }
}
