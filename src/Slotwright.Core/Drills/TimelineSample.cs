namespace Slotwright.Core.Drills;

/// <summary>What became of the operations that were due in one bucket of time.</summary>
/// <param name="P50">Of those that succeeded, to about a quarter; zero where none did, or latencies were not kept.</param>
/// <param name="P99">Likewise.</param>
public readonly record struct TimelineSample(int Succeeded, int Failed, TimeSpan P50, TimeSpan P99)
{
    /// <summary>0 to 1; NaN where nothing was due.</summary>
    public double SuccessRate => Succeeded + Failed == 0 ? double.NaN : (double)Succeeded / (Succeeded + Failed);
}
