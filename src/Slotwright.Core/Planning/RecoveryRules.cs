using Slotwright.Core.Cluster;
using Slotwright.Core.Health;
using Slotwright.Core.Planning.Steps;

namespace Slotwright.Core.Planning;

/// <summary>What may be done to shards that are lost or held back.</summary>
internal static class RecoveryRules
{
    public static IEnumerable<Finding> Of(AssignLostSlots step, Topology before)
    {
        if (before.Find(step.From) is not { } from || !HandOverRules.IsGone(from, before) || from.IsHeldBack)
        {
            yield return SafetyInvariants.Broken(
                "owner-lives",
                step.FromMember,
                "nobody says that it is gone",
                "the owner of a slot holds the only data that counts"
            );
        }
        foreach (
            var heir in before.Nodes.Where(n =>
                n.Primary == step.From && n.Reachable && HandOverRules.HasData(n, before.Find(step.From)!)
            )
        )
        {
            yield return SafetyInvariants.Broken(
                "heir-left",
                heir.Label,
                $"it has the data of slots {step.Slots}",
                "a replica that has a shard's data takes over: its slots don't begin anew"
            );
        }
        if (
            before.Find(step.Node) is not { IsPrimary: true, Reachable: true, IsHeldBack: false, Joined: true } node
            || node.Member != step.Member
        )
        {
            yield return SafetyInvariants.Broken(
                "taker-unfit",
                step.Member,
                "it is no primary of this cluster that answers",
                "slots belong to primaries that everybody knows"
            );
        }
    }

    public static IEnumerable<Finding> Of(LetStart step, Topology before)
    {
        if (before.Find(step.Node) is not { IsHeldBack: true } node || node.Member != step.Member)
        {
            yield return SafetyInvariants.Broken(
                "not-held-back",
                step.Member,
                "it is not held back",
                "only a server that is held back can be told to go on"
            );
        }
    }
}
