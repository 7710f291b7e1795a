using Slotwright.Core.Cluster;
using Slotwright.Core.Observing;

namespace Slotwright.Core.Health;

/// <summary>Whether a node's CLUSTER SHARDS, which groups nodes by shard id, has the shards that there are.</summary>
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
        return topology.Nodes.All(node =>
            group.TryGetValue(node.Id, out var at)
            && (primaryOf.TryAdd(at, node.Primary ?? node.Id) || primaryOf[at] == (node.Primary ?? node.Id))
        );
    }
}
