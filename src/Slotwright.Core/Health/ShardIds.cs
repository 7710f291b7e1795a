using Slotwright.Core.Cluster;
using Slotwright.Core.Observing;

namespace Slotwright.Core.Health;

/// <summary>
/// Whether a node's CLUSTER SHARDS, which groups nodes by shard id, has the shards that there are. Nodes that no
/// member holds don't count: who came later does not know of them.
/// </summary>
public static class ShardIds
{
    public static bool Agree(NodeReport report, Topology topology)
    {
        var group = new Dictionary<NodeId, int>();
        for (var i = 0; i < report.Shards.Length; i++)
        {
            foreach (var node in report.Shards[i].Nodes)
            {
                if (!group.TryAdd(node.Id, i))
                {
                    return false;
                }
            }
        }
        var primaryOf = new Dictionary<int, NodeId>();
        var groupOf = new Dictionary<NodeId, int>();
        return topology
            .Nodes.Where(n => n.Member is not null)
            .All(node =>
            {
                var primary = node.Primary ?? node.Id;
                return group.TryGetValue(node.Id, out var at)
                    && (primaryOf.TryAdd(at, primary) || primaryOf[at] == primary)
                    && (groupOf.TryAdd(primary, at) || groupOf[primary] == at);
            });
    }
}
