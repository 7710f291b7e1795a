namespace Slotwright.Core.Metrics;

/// <summary>What Prometheus may do with a metric.</summary>
public enum MetricType
{
    /// <summary>A value that goes up and down.</summary>
    Gauge,

    /// <summary>A value that only goes up while the process lives; its name ends in <c>_total</c>.</summary>
    Counter,
}
