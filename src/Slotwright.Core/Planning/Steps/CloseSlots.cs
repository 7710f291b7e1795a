using Slotwright.Core.Cluster;
using Slotwright.Core.Slots;

namespace Slotwright.Core.Planning.Steps;

/// <summary>
/// A primary and its replicas no longer have slots on their way, to it or from it: whoever owns them goes on to.
/// </summary>
public sealed record CloseSlots(string Member, NodeId Node, SlotSet Slots) : Step
{
    public override string Describe() => $"{Member} closes slots {Slots}";

    public override Topology ApplyTo(Topology before) =>
        before with
        {
            Nodes = [.. before.Nodes.Select(n => IsOf(n) ? n with { Open = n.Open.Except(Slots) } : n)],
        };

    public override bool IsDone(Topology now) =>
        now.Find(Node) is not null && !now.Nodes.Any(n => IsOf(n) && n.Open.Overlaps(Slots));

    private bool IsOf(Node node) => node.Id == Node || node.Primary == Node;
}
