using Slotwright.Core.Drills;

namespace Slotwright.Output;

/// <summary>Latency in milliseconds, of operations that succeeded.</summary>
internal sealed record LoadLatency(double P50, double P90, double P99, double P999, double Max)
{
    public static LoadLatency Of(LatencySummary summary) =>
        new(
            summary.P50.TotalMilliseconds,
            summary.P90.TotalMilliseconds,
            summary.P99.TotalMilliseconds,
            summary.P999.TotalMilliseconds,
            summary.Max.TotalMilliseconds
        );
}
