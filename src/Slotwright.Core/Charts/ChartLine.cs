using System.Collections.Immutable;

namespace Slotwright.Core.Charts;

/// <summary>One line of a picture.</summary>
/// <param name="Points">In the order of their times; NaN where there is no value: the line is broken there.</param>
public sealed record ChartLine(string Name, ImmutableArray<(TimeSpan At, double Value)> Points);
