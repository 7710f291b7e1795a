using Slotwright.Core.Cluster;
using Slotwright.Core.Slots;

namespace Slotwright.Core.Planning.Steps;

/// <summary>Slots and their keys go from one primary to another, online.</summary>
public sealed record MoveSlots(string FromMember, NodeId From, string Member, NodeId Node, SlotSet Slots) : Step
{
    public override string Describe() =>
        $"{(Slots.Count == 1 ? "1 slot goes" : $"{Slots.Count} slots go")} from {FromMember} to {Member} ({Slots})";

    public override Topology ApplyTo(Topology before) =>
        before.Find(From) is { } giver && before.Find(Node) is { } taker
            ? before
                .With(giver with { Slots = giver.Slots.Except(Slots) })
                .With(taker with { Slots = taker.Slots.Union(Slots) })
            : before;

    public override bool IsDone(Topology now) => now.Find(Node) is { } taker && Slots.Except(taker.Slots).IsEmpty;
}
