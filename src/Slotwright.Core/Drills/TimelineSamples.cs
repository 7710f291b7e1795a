using System.Collections.Immutable;

namespace Slotwright.Core.Drills;

/// <summary>A run in buckets of time.</summary>
/// <param name="Width">Of each bucket: 100 ms, or that doubled a few times where the run was long.</param>
/// <param name="Samples">One a bucket, from the beginning of the run.</param>
public sealed record TimelineSamples(TimeSpan Width, ImmutableArray<TimelineSample> Samples)
{
    public static readonly TimelineSamples None = new(Timeline.FirstWidth, []);
}
