using Slotwright.Core.Cluster;
using Slotwright.Core.Slots;

namespace Slotwright.Core.Planning.Steps;

/// <summary>A replica takes over its shard; a primary that lives becomes its replica.</summary>
/// <param name="Node">The replica that takes over.</param>
/// <param name="FromMember">The primary's member; what people call it where it is in none.</param>
public sealed record HandOver(string Member, NodeId Node, string FromMember, NodeId From, HandOverKind Kind) : Step
{
    public override string Describe() =>
        Kind switch
        {
            HandOverKind.Force => $"{Member} takes over from {FromMember}, which is gone",
            HandOverKind.Takeover => $"{Member} takes the slots of {FromMember}, which is gone, without a vote",
            _ => $"{Member} takes over from {FromMember}",
        };

    public override Topology ApplyTo(Topology before)
    {
        if (
            before.Find(Node) is not { IsPrimary: false } taker
            || before.Find(From) is not { IsPrimary: true, Slots.IsEmpty: false } old
        )
        {
            return before;
        }
        return before with
        {
            Nodes =
            [
                .. before.Nodes.Select(n =>
                    n.Id == Node ? taker with { Primary = null, Slots = old.Slots, Link = LinkState.None }
                    : n.Id == From ? Relieved(old)
                    : n.Primary == From ? n with { Primary = Node, Link = LinkAfter(n) }
                    : n
                ),
            ],
        };
    }

    public override bool IsDone(Topology now) =>
        now.Find(Node) is { IsPrimary: true, Slots.IsEmpty: false } && now.Find(From) is not { Slots.IsEmpty: false };

    /// <summary>One that is gone stays what it was, without slots, until it comes back.</summary>
    private Node Relieved(Node old) =>
        old.Reachable
            ? old with
            {
                Primary = Node,
                Slots = SlotSet.Empty,
                Link = old.IsHeldBack ? LinkState.Down : LinkState.InSync,
            }
            : old with
            {
                Slots = SlotSet.Empty,
            };

    private static LinkState LinkAfter(Node replica) => replica.Reachable ? LinkState.InSync : LinkState.Down;
}
