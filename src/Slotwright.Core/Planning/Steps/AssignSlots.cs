using Slotwright.Core.Cluster;
using Slotwright.Core.Slots;

namespace Slotwright.Core.Planning.Steps;

/// <summary>Gives slots that nobody owns to a primary.</summary>
public sealed record AssignSlots(string Member, NodeId Node, SlotSet Slots) : Step
{
    public override string Describe() => $"{Member} takes slots {Slots}";

    public override Topology ApplyTo(Topology before) =>
        before.Find(Node) is { } node ? before.With(Owner(node)) : before;

    public override bool IsDone(Topology now) => now.Find(Node) is { } node && Slots.Except(node.Slots).IsEmpty;

    private Node Owner(Node node) => node with { Slots = node.Slots.Union(Slots), Strays = node.Strays.Except(Slots) };
}
