using Slotwright.Core.Metrics;

namespace Slotwright.Operations.Agent.Failover;

/// <summary>What the reflex has done.</summary>
internal static class FailoverMetrics
{
    public static IEnumerable<Metric> Of(FailoverStatus status)
    {
        yield return Metric.By(
            "evidence",
            MetricType.Counter,
            "slotwright_failovers_total",
            "Times that the member took over because its agent had it do so, by how the old primary was.",
            status.Won.Select(w =>
                (w.Key == Core.Failover.MemberCondition.Dead ? "dead" : "unreachable", (double)w.Value)
            )
        );
        yield return Metric.Counter(
            "slotwright_failovers_forced_total",
            "CLUSTER FAILOVER FORCE that the agent has sent to its member.",
            status.Forced
        );
        yield return Metric.Gauge(
            "slotwright_failover_last_timestamp_seconds",
            "When the member took over by its agent the last time, in Unix time; 0 for never.",
            (status.LastWon?.ToUnixTimeMilliseconds() ?? 0) / 1000.0
        );
        yield return Metric.Gauge(
            "slotwright_agent_watching",
            "Whether the agent would notice the end of its server.",
            status.IsWatching
        );
        yield return Metric.Counter(
            "slotwright_deaths_total",
            "Times that the agent found its server dead and told the others.",
            status.Deaths
        );
        yield return Metric.Counter(
            "slotwright_fences_total",
            "Times that the agent kept its server from taking writes, since it was cut off.",
            status.Fences
        );
        yield return Metric.Gauge(
            "slotwright_member_fenced",
            "Whether the agent keeps the member's server from taking writes.",
            status.IsFenced
        );
    }
}
