using Slotwright.Core.Slots;

namespace Slotwright.Operations.SlotMovers;

/// <summary>What a mover could not move.</summary>
/// <param name="Why">For people; empty where nothing is left.</param>
internal sealed record SlotsLeft(SlotSet Slots, string Why)
{
    public static readonly SlotsLeft None = new(SlotSet.Empty, "");
}
