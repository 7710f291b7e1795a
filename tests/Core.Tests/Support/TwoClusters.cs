using Slotwright.Core.Cluster;

namespace Slotwright.Core.Tests.Support;

/// <summary>A cluster, and beside it a node that owns slots of its own, has the higher epoch, and knows nobody.</summary>
internal static class TwoClusters
{
    public static Topology Of(Topology cluster)
    {
        var ordinal = cluster.Members.Count;
        var other = Members.Fresh(ordinal + 1, 3);
        var name = Members.Name(ordinal);
        return new Topology(
            cluster.Members.Add(name, other.Members[name]),
            [
                .. cluster
                    .Nodes.Append(
                        other.NodeOf(name)! with
                        {
                            Slots = cluster.Shards()[0].Slots,
                            Epoch = cluster.Nodes.Max(n => n.Epoch) + 1,
                        }
                    )
                    .OrderBy(n => n.Id),
            ]
        );
    }
}
