using System.Collections.Immutable;

namespace Slotwright.Core.Loads;

/// <summary>What slots cost between two looks.</summary>
public static class SlotRates
{
    /// <returns>One for each slot of the second look; null where a look has a slot that is not counted.</returns>
    public static ImmutableArray<SlotRate>? Between(
        ImmutableArray<SlotStat> before,
        ImmutableArray<SlotStat> after,
        TimeSpan elapsed
    )
    {
        if (before.Concat(after).Any(s => s.Work is null) || elapsed <= TimeSpan.Zero)
        {
            return null;
        }
        var first = before.ToDictionary(s => s.Slot, s => s.Work!.Value);
        // a slot that came meanwhile is counted since then
        return [.. after.Select(s => SlotRate.Between(first.GetValueOrDefault(s.Slot), s.Work!.Value, elapsed))];
    }
}
