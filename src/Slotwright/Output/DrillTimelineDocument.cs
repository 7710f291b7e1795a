using System.Collections.Immutable;
using Slotwright.Core.Drills;

namespace Slotwright.Output;

/// <summary>What became of operations, by when they were due: one element a bucket.</summary>
/// <param name="P50Ms">Of those that succeeded; null where none did.</param>
/// <param name="P99Ms">Likewise.</param>
internal sealed record DrillTimelineDocument(
    double BucketMs,
    ImmutableArray<int> Succeeded,
    ImmutableArray<int> Failed,
    ImmutableArray<double?> P50Ms,
    ImmutableArray<double?> P99Ms
)
{
    public static DrillTimelineDocument Of(TimelineSamples timeline) =>
        new(
            timeline.Width.TotalMilliseconds,
            [.. timeline.Samples.Select(s => s.Succeeded)],
            [.. timeline.Samples.Select(s => s.Failed)],
            [.. timeline.Samples.Select(s => Milliseconds(s, s.P50))],
            [.. timeline.Samples.Select(s => Milliseconds(s, s.P99))]
        );

    private static double? Milliseconds(TimelineSample sample, TimeSpan latency) =>
        sample.Succeeded > 0 ? latency.TotalMilliseconds : null;
}
