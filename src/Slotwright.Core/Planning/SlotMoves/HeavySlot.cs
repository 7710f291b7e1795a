namespace Slotwright.Core.Planning.SlotMoves;

/// <summary>A slot that bears much.</summary>
/// <param name="Member">Who owns it now.</param>
/// <param name="To">Who gets it; null where it stays.</param>
public sealed record HeavySlot(int Slot, string Member, double Load, string? To);
