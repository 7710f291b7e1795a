using System.Collections.Immutable;

namespace Slotwright.Core.Loads;

/// <summary>
/// What slots take in memory, which servers do not count: their keys times the average of those that were looked at, of the
/// slot, or of its shard where too few of the slot were.
/// </summary>
public static class MemoryEstimate
{
    /// <summary>Fewer keys of a slot say less of it than all that were looked at in its shard.</summary>
    private const int Enough = 5;

    /// <returns>About how many bytes, one for each of the stats.</returns>
    public static ImmutableArray<double> Of(ImmutableArray<SlotStat> stats, KeySample sample)
    {
        var samples = sample.Slots.ToDictionary(s => s.Slot);
        var ofShard = sample.Keys == 0 ? 0 : (double)sample.Bytes / sample.Keys;
        return [.. stats.Select(Bytes)];

        double Bytes(SlotStat stat) =>
            samples.TryGetValue(stat.Slot, out var seen) && seen.Keys >= Math.Min(Enough, stat.Keys) && seen.Keys > 0
                ? (double)seen.Bytes / seen.Keys * stat.Keys
                : ofShard * stat.Keys;
    }
}
