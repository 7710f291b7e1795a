using Slotwright.Core.Cluster;
using Slotwright.Core.Slots;

namespace Slotwright.Core.Planning.Steps;

/// <summary>
/// The owner of slots says so again, under an epoch higher than all others: whoever had another owner for them takes that
/// for the newer word.
/// </summary>
/// <param name="Slots">Its own, of which not all nodes say so.</param>
public sealed record RaiseEpoch(string Member, NodeId Node, SlotSet Slots) : Step
{
    public override string Describe() => $"{Member} says anew that it owns slots {Slots}";

    public override Topology ApplyTo(Topology before) =>
        before.Find(Node) is { } node && !IsHighest(node, before)
            ? before.With(node with { Epoch = before.Nodes.Max(n => n.Epoch) + 1 })
            : before;

    public override bool IsDone(Topology now) => now.Find(Node) is { } node && IsHighest(node, now);

    private static bool IsHighest(Node node, Topology topology) =>
        topology.Primaries.All(n => n.Id == node.Id || n.Epoch < node.Epoch);
}
