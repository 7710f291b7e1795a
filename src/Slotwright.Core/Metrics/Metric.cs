using System.Collections.Immutable;

namespace Slotwright.Core.Metrics;

/// <summary>A metric with all its values of one moment.</summary>
/// <param name="Name">Of <c>[a-z_]</c>, its unit at the end: <c>_bytes</c>, <c>_seconds</c>.</param>
/// <param name="Help">What it says, in a sentence.</param>
public sealed record Metric(string Name, MetricType Type, string Help, ImmutableArray<MetricSample> Samples)
{
    public static Metric Gauge(string name, string help, double value) =>
        new(name, MetricType.Gauge, help, [new MetricSample(value, [])]);

    public static Metric Gauge(string name, string help, bool value) => Gauge(name, help, value ? 1 : 0);

    public static Metric Counter(string name, string help, double value) =>
        new(name, MetricType.Counter, help, [new MetricSample(value, [])]);

    /// <summary>A value for each value of one label.</summary>
    public static Metric By(
        string label,
        MetricType type,
        string name,
        string help,
        IEnumerable<(string Label, double Value)> values
    ) => new(name, type, help, [.. values.Select(v => new MetricSample(v.Value, [(label, v.Label)]))]);
}
