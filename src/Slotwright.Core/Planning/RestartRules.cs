using Slotwright.Core.Cluster;
using Slotwright.Core.Health;
using Slotwright.Core.Planning.Steps;

namespace Slotwright.Core.Planning;

/// <summary>Which member may be taken away for a restart.</summary>
internal static class RestartRules
{
    public static IEnumerable<Finding> Of(RestartMember step, Topology before)
    {
        var node = before.Find(step.Node);
        if (node is null || node.Member != step.Member || !before.Members.ContainsKey(step.Member))
        {
            yield return SafetyInvariants.Broken(
                "restarted-stranger",
                step.Member,
                $"node {step.Node.Short} is no member by that name",
                "what is restarted has to be what was looked at"
            );
        }
        else if (node is { IsPrimary: true, Reachable: true, Slots.IsEmpty: false } && !step.AllowsDowntime)
        {
            yield return SafetyInvariants.Broken(
                "owner-restarted",
                step.Member,
                "it owns slots",
                "a primary hands over before it is restarted: clients of its slots would wait for an election"
            );
        }
        else if (
            node.Primary is { } primary
            && !before.Nodes.Any(n =>
                n.Reachable
                && (n.Id == primary || (n.Primary == primary && n.Id != node.Id && n.Link == LinkState.InSync))
            )
        )
        {
            yield return SafetyInvariants.Broken(
                "last-restarted",
                step.Member,
                "no other member of its shard is up and in sync",
                "the last member that has a shard's data stays"
            );
        }
    }
}
