using Slotwright.Core.Cluster;
using Slotwright.Core.Health;
using Slotwright.Core.Planning.Steps;
using Slotwright.Core.Slots;

namespace Slotwright.Core.Planning;

/// <summary>
/// What may be done to slots that a crash left open, without an owner, or with one that not all agree on: nothing that
/// puts keys out of reach.
/// </summary>
internal static class RepairRules
{
    private const string InReach =
        "keys that no owner answers for are lost to clients, and dropped at the next restart";

    public static IEnumerable<Finding> Of(AssignSlots step, Topology before) =>
        KeptBy(before, step.Slots, but: step.Node)
            .Select(n =>
                Broken(
                    "keys-elsewhere",
                    step.Member,
                    $"{n.Label} has keys of slots {n.Strays.Intersect(step.Slots)}, which it would be given",
                    InReach
                )
            );

    public static IEnumerable<Finding> Of(CloseSlots step, Topology before)
    {
        var node = before.Find(step.Node);
        if (!Serves(node, step.Member, before))
        {
            yield return Unfit(step.Member);
        }
        var own = node?.Slots.Intersect(step.Slots) ?? SlotSet.Empty;
        foreach (var left in KeptBy(before, own).Append(node).OfType<Node>().Where(n => n.Strays.Overlaps(step.Slots)))
        {
            yield return Broken(
                "keys-left",
                step.Member,
                $"{left.Label} has keys of slots {left.Strays.Intersect(step.Slots)}, which it would close",
                InReach
            );
        }
    }

    public static IEnumerable<Finding> Of(GatherKeys step, Topology before)
    {
        var (from, owner) = (before.Find(step.From), before.Find(step.Node));
        if (!Serves(from, step.FromMember, before))
        {
            yield return Unfit(step.FromMember);
        }
        if (!Serves(owner, step.Member, before))
        {
            yield return Unfit(step.Member);
        }
        if (owner is null || !step.Slots.Except(owner.Slots).IsEmpty)
        {
            yield return Broken(
                "not-the-owner",
                step.Member,
                $"it does not own all of slots {step.Slots}",
                "keys go to the node that clients ask for them"
            );
        }
    }

    public static IEnumerable<Finding> Of(RaiseEpoch step, Topology before)
    {
        var node = before.Find(step.Node);
        if (!Serves(node, step.Member, before))
        {
            yield return Unfit(step.Member);
        }
        if (node is null || !step.Slots.Except(node.Slots).IsEmpty)
        {
            yield return Broken(
                "not-the-owner",
                step.Member,
                $"it does not own all of slots {step.Slots}",
                "of two claims the one with the higher epoch holds"
            );
        }
        foreach (var left in KeptBy(before, step.Slots, but: step.Node))
        {
            yield return Broken(
                "keys-dropped",
                step.Member,
                $"{left.Label} has keys of slots {left.Strays.Intersect(step.Slots)}",
                "a node that learns that slots are another's drops what it has in them"
            );
        }
    }

    private static IEnumerable<Node> KeptBy(Topology topology, SlotSet slots, NodeId? but = null) =>
        topology.Nodes.Where(n => n.Id != but && n.Strays.Overlaps(slots));

    private static bool Serves(Node? node, string member, Topology topology) =>
        node is { IsPrimary: true, Reachable: true, IsHeldBack: false, Joined: true }
        && node.Member == member
        && topology.Members.ContainsKey(member);

    private static Finding Unfit(string member) =>
        Broken(
            "end-unfit",
            member,
            "it is no primary of this cluster that serves",
            "slots and keys are the business of primaries that answer"
        );

    private static Finding Broken(string code, string subject, string what, string why) =>
        SafetyInvariants.Broken(code, subject, what, why);
}
