using Slotwright.Core.Cluster;
using Slotwright.Core.Slots;

namespace Slotwright.Core.Planning.Steps;

/// <summary>
/// Keys that lie at a node which does not own their slots go to the owner, where none of them is overwritten.
/// </summary>
/// <param name="From">Where they lie.</param>
/// <param name="Node">The owner.</param>
public sealed record GatherKeys(string FromMember, NodeId From, string Member, NodeId Node, SlotSet Slots) : Step
{
    public override string Describe() => $"keys of slots {Slots} go from {FromMember} to {Member}, which owns them";

    public override Topology ApplyTo(Topology before) =>
        before.Find(From) is { } holder
            ? before.With(holder with { Open = holder.Open.Except(Slots), Strays = holder.Strays.Except(Slots) })
            : before;

    public override bool IsDone(Topology now) =>
        now.Find(From) is { } holder && !holder.Open.Overlaps(Slots) && !holder.Strays.Overlaps(Slots);
}
