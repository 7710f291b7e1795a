using System.Collections.Immutable;

namespace Slotwright.Core.Charts;

/// <summary>Bars side by side, one per series.</summary>
/// <param name="Values">In the order of the chart's series; negative where there is none.</param>
public sealed record BarGroup(string Label, ImmutableArray<double> Values);
