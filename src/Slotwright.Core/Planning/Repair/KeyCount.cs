using Slotwright.Core.Cluster;

namespace Slotwright.Core.Planning.Repair;

/// <summary>How many keys of a slot a primary has, in all its databases.</summary>
public readonly record struct KeyCount(NodeId Node, int Slot, long Keys);
