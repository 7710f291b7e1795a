using System.Collections.Immutable;

namespace Slotwright.Core.Charts;

/// <summary>A row of a <see cref="LaneChart"/>.</summary>
/// <param name="Group">Written before the first of the lanes that share it.</param>
public sealed record Lane(string Group, string Label, ImmutableArray<LaneSpan> Spans);
