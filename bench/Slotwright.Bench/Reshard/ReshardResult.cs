using System.Collections.Immutable;

namespace Slotwright.Bench.Reshard;

/// <summary>Moves of the same slots by the same tool.</summary>
/// <param name="Tool">What moved them.</param>
/// <param name="Rates">Keys a second of each run, the tool's start and end included.</param>
internal sealed record ReshardResult(string Version, string Tool, ImmutableArray<double> Rates)
{
    public double Median => Rates.Order().ElementAt(Rates.Length / 2);
}
