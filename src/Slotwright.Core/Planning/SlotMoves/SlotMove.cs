using Slotwright.Core.Cluster;
using Slotwright.Core.Slots;

namespace Slotwright.Core.Planning.SlotMoves;

/// <summary>Slots that go from one primary to another.</summary>
public sealed record SlotMove(NodeId From, NodeId To, SlotSet Slots);
