using System.Collections.Immutable;
using Slotwright.Core.Health;
using Slotwright.Core.Loads;
using Slotwright.Operations.Loads;

namespace Slotwright.Output;

/// <summary>The JSON face of <c>hot</c>.</summary>
/// <param name="SlotsBy"><c>cpu</c>; <c>keys</c> where not all servers count what slots cost.</param>
/// <param name="Seconds">Between the two looks at that; null for one look.</param>
/// <param name="MostUsedKeys">Of shards whose policy is an LFU one.</param>
/// <param name="Notes">What can't be told, and why.</param>
internal sealed record HotDocument(
    string Target,
    LoadMeasure SlotsBy,
    double? Seconds,
    ImmutableArray<HotShardDocument> Shards,
    ImmutableArray<HotSlotDocument> Slots,
    ImmutableArray<HotKeyDocument> BiggestKeys,
    ImmutableArray<HotKeyDocument> MostUsedKeys,
    ImmutableArray<Finding> Notes
)
{
    /// <param name="top">How many slots and keys.</param>
    public static HotDocument Of(string target, HotReport report, int top)
    {
        var (biggest, mostUsed) = (new Heaviest<HotKeyDocument>(top), new Heaviest<HotKeyDocument>(top));
        foreach (var reading in report.Readings)
        {
            foreach (var key in reading.Sample.Biggest)
            {
                biggest.Add(HotKeyDocument.Of(key, reading), key.Bytes);
            }
            foreach (var key in reading.Sample.MostUsed)
            {
                mostUsed.Add(HotKeyDocument.Of(key, reading), key.Frequency ?? 0);
            }
        }
        var longest = report.Readings.Select(r => r.Elapsed).DefaultIfEmpty().Max();
        return new HotDocument(
            target,
            HotSlots.AreByCpu(report.Readings) ? LoadMeasure.Cpu : LoadMeasure.Keys,
            longest > TimeSpan.Zero ? Math.Round(longest.TotalSeconds, 3) : null,
            [.. report.Readings.Select(r => HotShardDocument.Of(r, report.Seen))],
            [.. HotSlots.Of(report.Readings, top).Select(HotSlotDocument.Of)],
            biggest.ToSorted(),
            mostUsed.ToSorted(),
            report.Notes
        );
    }
}
