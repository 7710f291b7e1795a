using System.Collections.Immutable;
using Slotwright.Core.Slots;

namespace Slotwright.Operations.SlotMovers;

/// <summary>Slots in parts that follow each other.</summary>
internal static class SlotChunks
{
    /// <param name="most">Slots of each part, at least 1.</param>
    public static ImmutableArray<SlotSet> Of(SlotSet slots, int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        return slots.Count <= most ? [slots] : [.. slots.Chunk(most).Select(SlotSet.OfSlots)];
    }
}
