using System.Collections.Immutable;
using Slotwright.Core.Slots;

namespace Slotwright.Core.Planning.SlotMoves;

/// <summary>What each slot weighs: keys, bytes or commands a second.</summary>
public sealed class SlotLoads
{
    private readonly ImmutableArray<double> _ofSlot;

    /// <param name="ofSlot">16384 numbers, none below 0.</param>
    public SlotLoads(ImmutableArray<double> ofSlot)
    {
        if (ofSlot.Length != HashSlot.Count || ofSlot.Any(l => l < 0))
        {
            throw new ArgumentException($"expected {HashSlot.Count} numbers, none below 0", nameof(ofSlot));
        }
        _ofSlot = ofSlot;
    }

    public double Of(int slot) => _ofSlot[slot];

    public double Of(SlotSet slots) => slots.Sum(Of);
}
