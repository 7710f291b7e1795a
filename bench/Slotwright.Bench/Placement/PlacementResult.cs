using System.Collections.Immutable;
using Slotwright.Core.Placement;

namespace Slotwright.Bench.Placement;

/// <param name="Times">Milliseconds of each run, ascending.</param>
/// <param name="InOrder">The score when nobody looks at zones: first ordinals are primaries, the rest follow in turn.</param>
internal sealed record PlacementResult(
    PlacementCase Case,
    ImmutableArray<double> Times,
    PlacementScore Score,
    PlacementScore InOrder
)
{
    public double Median => Times[Times.Length / 2];

    public double Slowest => Times[^1];
}
