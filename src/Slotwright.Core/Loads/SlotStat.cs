namespace Slotwright.Core.Loads;

/// <summary>What a primary says of a slot that it owns.</summary>
/// <param name="Work">Null where the server does not count it: before 8.0, and without cluster-slot-stats-enabled.</param>
public readonly record struct SlotStat(int Slot, long Keys, SlotWork? Work = null);
