using Slotwright.Core.Cluster;

namespace Slotwright.Core.Planning.Steps;

/// <summary>Gives slots to a primary whose owner is gone with all its replicas: it begins without their keys.</summary>
/// <param name="Node">The primary that takes them.</param>
/// <param name="FromMember">The owner's member; what people call it where it is in none.</param>
public sealed record AssignLostSlots(string Member, NodeId Node, Slots.SlotSet Slots, string FromMember, NodeId From)
    : Step
{
    public override string Describe() => $"{Member} takes slots {Slots} of {FromMember} without a key";

    public override Topology ApplyTo(Topology before) =>
        before.Find(Node) is { } node && before.Find(From) is { } old
            ? before
                .With(old with { Slots = old.Slots.Except(Slots) })
                .With(node with { Slots = node.Slots.Union(Slots) })
            : before;

    public override bool IsDone(Topology now) => now.Find(Node) is { } node && Slots.Except(node.Slots).IsEmpty;
}
