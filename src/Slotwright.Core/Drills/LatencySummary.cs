namespace Slotwright.Core.Drills;

/// <summary>Latency of the operations that succeeded; all zero where none did.</summary>
/// <param name="Count">How many operations it is made of.</param>
public sealed record LatencySummary(long Count, TimeSpan P50, TimeSpan P90, TimeSpan P99, TimeSpan P999, TimeSpan Max)
{
    public static readonly LatencySummary None = new LatencyHistogram().Summarise();
}
