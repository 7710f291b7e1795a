namespace Slotwright.Core.Loads;

/// <summary>What the keys of a slot that were looked at take in memory.</summary>
/// <param name="Keys">How many were looked at.</param>
public readonly record struct SlotSample(int Slot, int Keys, long Bytes);
