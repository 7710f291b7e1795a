using Slotwright.Core.Cluster;

namespace Slotwright.Core.Loads;

/// <summary>A slot that stands out.</summary>
/// <param name="Rate">Null where its server does not count.</param>
public sealed record HotSlot(int Slot, Node Primary, long Keys, SlotRate? Rate);
