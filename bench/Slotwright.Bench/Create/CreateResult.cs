using System.Collections.Immutable;

namespace Slotwright.Bench.Create;

/// <summary>A case with all its runs.</summary>
internal sealed record CreateResult(CreateCase Case, ImmutableArray<CreateRun> Ours, ImmutableArray<CreateRun> Theirs)
{
    /// <summary>How many times as long valkey-cli takes, median against median.</summary>
    public double Ratio => Median(Theirs, r => r.Formed.TotalSeconds) / Median(Ours, r => r.Formed.TotalSeconds);

    public static double Median(IEnumerable<CreateRun> runs, Func<CreateRun, double> value)
    {
        var sorted = runs.Select(value).Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
