using Slotwright.Core.Cluster;
using Slotwright.Core.Health;
using Slotwright.Core.Planning.Steps;

namespace Slotwright.Core.Planning;

/// <summary>Who may leave a cluster.</summary>
internal static class DepartureRules
{
    public static IEnumerable<Finding> Of(Forget step, Topology before)
    {
        var gone = step.Nodes.Select(n => n.Node).ToHashSet();
        foreach (var node in step.Nodes.Select(n => before.Find(n.Node)).OfType<Node>())
        {
            if (!node.Slots.IsEmpty)
            {
                yield return SafetyInvariants.Broken(
                    "owner-forgotten",
                    node.Label,
                    $"it owns slots {node.Slots}",
                    "a node that owns slots is never forgotten"
                );
            }
            foreach (
                var replica in before.Nodes.Where(n => n.Primary == node.Id && n.Reachable && !gone.Contains(n.Id))
            )
            {
                yield return SafetyInvariants.Broken(
                    "primary-forgotten",
                    node.Label,
                    $"{replica.Label} replicates it",
                    "a replica can't forget its primary"
                );
            }
        }
    }

    public static IEnumerable<Finding> Of(RemoveMembers step, Topology before)
    {
        foreach (var member in step.Orphans ?? [])
        {
            if (before.Members.ContainsKey(member))
            {
                yield return SafetyInvariants.Broken(
                    "volume-in-use",
                    member,
                    "it is a member, and its volume would be deleted as if it were a former one",
                    "only what former members left is deleted"
                );
            }
        }
        foreach (var member in step.Members)
        {
            if (!before.Members.ContainsKey(member))
            {
                yield return SafetyInvariants.Broken(
                    "removed-stranger",
                    member,
                    "there is no such member",
                    "what is removed has to be what was looked at"
                );
            }
            else if (before.NodeOf(member) is { Joined: true } node)
            {
                yield return SafetyInvariants.Broken(
                    "member-known",
                    member,
                    node.Slots.IsEmpty ? "the others know it" : $"it owns slots {node.Slots}",
                    "a member goes once nobody counts on it"
                );
            }
        }
    }
}
