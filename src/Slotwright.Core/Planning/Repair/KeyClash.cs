using Slotwright.Core.Cluster;

namespace Slotwright.Core.Planning.Repair;

/// <summary>Two primaries have a key by the same name: whose counts, no program can tell.</summary>
public readonly record struct KeyClash(int Slot, NodeId One, NodeId Other)
{
    public bool IsBetween(int slot, NodeId one, NodeId other) =>
        Slot == slot && ((One == one && Other == other) || (One == other && Other == one));
}
