using Slotwright.Core.Slots;

namespace Slotwright.Core.Planning.SlotMoves;

/// <summary>Which slots a shard gives: its smallest ranges first, so that it is left with few, then the end of the next.</summary>
public static class SlotPick
{
    /// <param name="count">0 to as many as there are.</param>
    public static SlotSet Of(SlotSet slots, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, slots.Count);
        var picked = new List<SlotRange>();
        foreach (var range in slots.Ranges.OrderBy(r => r.Count).ThenBy(r => r.First))
        {
            if (count == 0)
            {
                break;
            }
            var taken = Math.Min(count, range.Count);
            picked.Add(new SlotRange(range.Last - taken + 1, range.Last));
            count -= taken;
        }
        return SlotSet.Of([.. picked]);
    }
}
