using System.Collections.Immutable;
using Slotwright.Bench.Reports;

namespace Slotwright.Bench.Reshard;

/// <summary>What clients noticed of moves by the same tool.</summary>
internal sealed record UnderLoadResult(string Version, string Tool, ImmutableArray<UnderLoadRun> Runs)
{
    public double P99 => Median(r => r.Ledger.Latency.P99.TotalMilliseconds);

    public ImmutableArray<string> Row =>
        [
            Version,
            Tool,
            $"{Runs.Length}",
            Figure(Median(r => r.Took.TotalSeconds)),
            Figure(Median(r => r.Ledger.Latency.P50.TotalMilliseconds)),
            Figure(P99),
            Figure(Median(r => r.Ledger.Latency.Max.TotalMilliseconds)),
            $"{Runs.Sum(r => r.Ledger.Failed + r.Ledger.FailedReads)}",
            $"{Runs.Sum(r => r.Ledger.Found.Lost)}",
        ];

    public static string Figure(double value) => Figures.Text(value, "0.0");

    private double Median(Func<UnderLoadRun, double> of) => Figures.Median(Runs.Select(of));
}
