using System.Collections.Immutable;

namespace Slotwright.Bench.Probe;

/// <param name="Title">What was asked of whom.</param>
internal sealed record ProbeResult(string Title, ImmutableArray<ProbeRun> Ours, ImmutableArray<ProbeRun> Theirs)
{
    public static double Median(ImmutableArray<ProbeRun> runs, Func<ProbeRun, TimeSpan> figure)
    {
        var sorted = runs.Select(r => figure(r).TotalMilliseconds).Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
