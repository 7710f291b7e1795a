using System.Collections.Immutable;
using Slotwright.Bench.Reports;

namespace Slotwright.Bench.Reshard;

/// <summary>Moves by the same tool.</summary>
/// <param name="Servers">Their version, and what else makes them different from others of the same table.</param>
/// <param name="Tool">What moved slots.</param>
/// <param name="Rates">Keys a second of each run, the tool's start and end included.</param>
internal sealed record ReshardResult(string Servers, string Tool, ImmutableArray<double> Rates)
{
    /// <summary>Runs after which slots were left open, or without owner; null where nobody looked.</summary>
    public int? Open { get; init; }

    public double Median => Figures.Median(Rates);
}
