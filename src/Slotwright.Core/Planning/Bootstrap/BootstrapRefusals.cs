using Slotwright.Core.Cluster;
using Slotwright.Core.Health;

namespace Slotwright.Core.Planning.Bootstrap;

/// <summary>When no cluster may be formed of these members.</summary>
internal static class BootstrapRefusals
{
    public static IEnumerable<Finding> Of(Topology topology, ClusterShape shape)
    {
        if (topology.Members.Count != shape.Members)
        {
            yield return Refusal(
                "members-missing",
                "cluster",
                $"there are {topology.Members.Count} members, {shape.Members} are wanted",
                "a cluster that is formed without some of its members leaves them outside for good",
                "start the others"
            );
        }
        foreach (var member in topology.Members.Values.OrderBy(m => m.Ordinal))
        {
            if (topology.NodeOf(member.Name) is not { Reachable: true } node)
            {
                yield return Refusal(
                    "member-silent",
                    member.Name,
                    $"nobody answers at {member.Address}",
                    "it may hold a part of the cluster, or another one's",
                    "start it, or see its log"
                );
                continue;
            }
            foreach (var finding in OfNode(member, node))
            {
                yield return finding;
            }
        }
    }

    private static IEnumerable<Finding> OfNode(Member member, Node node)
    {
        if (node.SeesForeign)
        {
            yield return Refusal(
                "foreign-cluster",
                member.Name,
                "it knows nodes that are no members here: it belongs to another cluster, or members were taken away",
                "two clusters that meet merge, and one of them loses its data",
                "bring back members that were taken away (the number of members, replicaCount); of another cluster: if its data is not needed, remove it and start the member again, else take it out"
            );
        }
        if ((node.Apart || node.Alone) && node.Keys > 0)
        {
            yield return Refusal(
                "unknown-data",
                member.Name,
                $"it holds {node.Keys} keys and is not known to the cluster",
                "it would have to throw them away to join",
                "save them first (a migration); then FLUSHALL on it, and bootstrap again"
            );
        }
        if (node is { Apart: true, Alone: false, Keys: 0 } && !node.Slots.IsEmpty)
        {
            yield return Refusal(
                "two-clusters",
                member.Name,
                $"it owns slots {node.Slots} in a cluster apart from the others",
                "clusters never merge",
                "decide which of the two is wanted, and remove the other's data"
            );
        }
    }

    private static Finding Refusal(string code, string subject, string what, string why, string remedy) =>
        new(code, Verdict.Failed, subject, what, why, remedy);
}
