using Slotwright.Core.Cluster;
using Slotwright.Core.Slots;

namespace Slotwright.Core.Planning.Bootstrap;

/// <summary>What a member's node is to become.</summary>
/// <param name="Slots">All slots that it is to own; empty on a replica and on a primary without slots.</param>
/// <param name="Primary">The node that it is to replicate; null on a primary.</param>
internal sealed record RoleToBe(Member Member, Node Node, SlotSet Slots, Node? Primary);
