using Slotwright.Core.Cluster;
using Slotwright.Core.Health;
using Slotwright.Core.Planning.Steps;

namespace Slotwright.Core.Planning;

/// <summary>Between whom slots may move.</summary>
internal static class SlotMoveRules
{
    public static IEnumerable<Finding> Of(MoveSlots step, Topology before)
    {
        if (before.Find(step.From) is not { } from || !step.Slots.Except(from.Slots).IsEmpty)
        {
            yield return SafetyInvariants.Broken(
                "slots-not-there",
                step.FromMember,
                $"it does not own all of slots {step.Slots}",
                "slots are moved by their owner"
            );
        }
        if (step.From == step.Node)
        {
            yield return SafetyInvariants.Broken(
                "same-shard",
                step.Member,
                "slots would go to where they are",
                "a move has two ends"
            );
        }
        foreach (var (id, member) in new[] { (step.From, step.FromMember), (step.Node, step.Member) })
        {
            if (
                before.Find(id)
                    is not { IsPrimary: true, Reachable: true, Failed: false, IsHeldBack: false, Joined: true } node
                || node.Member != member
                || !before.Members.ContainsKey(member)
            )
            {
                yield return SafetyInvariants.Broken(
                    "end-unfit",
                    member,
                    "it is no primary of this cluster that serves",
                    "slots move between primaries that answer"
                );
            }
        }
    }
}
