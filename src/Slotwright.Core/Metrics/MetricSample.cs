using System.Collections.Immutable;

namespace Slotwright.Core.Metrics;

/// <summary>One value of a metric.</summary>
/// <param name="Labels">Names and values, in the order in which they are written.</param>
public readonly record struct MetricSample(double Value, ImmutableArray<(string Name, string Value)> Labels);
