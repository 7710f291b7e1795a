using System.Collections.Immutable;

namespace Slotwright.Bench.Failover;

/// <param name="Gaps">The longest time without an acknowledged write in the shard that it was about, a run each.</param>
/// <param name="Failed">Writes that failed, all runs together.</param>
/// <param name="LostConfirmed">Writes that WAIT had confirmed and that are gone.</param>
internal sealed record GapResult(string Title, ImmutableArray<TimeSpan> Gaps, long Failed, long LostConfirmed)
{
    public double Median => Gaps.Order().ElementAt(Gaps.Length / 2).TotalMilliseconds;

    public double Most => Gaps.Max().TotalMilliseconds;
}
