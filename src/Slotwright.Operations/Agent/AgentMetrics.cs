using System.Collections.Immutable;
using Slotwright.Core.Agent;
using Slotwright.Core.Metrics;
using Slotwright.Core.Observing;
using Slotwright.Operations.Agent.Failover;

namespace Slotwright.Operations.Agent;

/// <summary>What an agent has for Prometheus: its member, its member's view of the cluster, and itself.</summary>
public static class AgentMetrics
{
    /// <param name="version">Of this program.</param>
    public static ImmutableArray<Metric> Of(AgentStatus status, FailoverStatus failover, string version) =>
        [
            Info("slotwright_build_info", "Version of the agent.", ("version", version)),
            .. OfAgent(status),
            .. FailoverMetrics.Of(failover),
            Metric.Gauge("slotwright_member_up", "Whether the member's server answers.", status.View is not null),
            Metric.Gauge(
                "slotwright_member_held_back",
                "Whether the member's server is held back, since it may lack data that a replica has.",
                status.HeldBack is not null
            ),
            .. status.View is { } view ? OfMember(view).Concat(ClusterMetrics.Of(view)) : [],
        ];

    private static IEnumerable<Metric> OfAgent(AgentStatus status)
    {
        yield return Metric.Gauge(
            "slotwright_agent_start_time_seconds",
            "When the agent has begun, in Unix time.",
            status.Started.ToUnixTimeMilliseconds() / 1000.0
        );
        yield return Metric.Counter("slotwright_agent_looks_total", "Looks at the member's server.", status.Looks);
        yield return Metric.Gauge(
            "slotwright_agent_look_duration_seconds",
            "How long the last look took, with what was done.",
            status.Took.TotalSeconds
        );
        yield return Metric.Gauge(
            "slotwright_agent_waiting",
            "Whether something is to be mended that the agent can't mend yet; its log says what.",
            status.Decision is AgentDecision.Rest { Waits: true }
        );
        yield return ByKind(
            MetricType.Counter,
            "slotwright_heals_total",
            "Steps of mending that were done, by what they mend.",
            status,
            h => h.Done
        );
        yield return ByKind(
            MetricType.Counter,
            "slotwright_heals_failed_total",
            "Steps of mending that were tried in vain, by what they mend.",
            status,
            h => h.Failed
        );
        yield return ByKind(
            MetricType.Gauge,
            "slotwright_heal_last_timestamp_seconds",
            "When the last step of mending was done, in Unix time; 0 for never.",
            status,
            h => (h.Last?.ToUnixTimeMilliseconds() ?? 0) / 1000.0
        );
    }

    private static IEnumerable<Metric> OfMember(OwnView view)
    {
        var server = view.Server;
        var self = view.Nodes.Single(n => n.Flags.HasFlag(PeerFlags.Myself));
        yield return Info(
            "slotwright_member_info",
            "What the member is.",
            ("role", server.IsPrimary ? "primary" : "replica"),
            ("zone", server.Zone),
            ("id", self.Id.Value),
            ("version", server.Version.ToString())
        );
        yield return Metric.Gauge("slotwright_member_primary", "Whether it is a primary.", server.IsPrimary);
        yield return Metric.By(
            "zone",
            MetricType.Gauge,
            "slotwright_zone_primaries",
            "Whether the member is a primary with slots, by its zone: the sum over all members is the primaries by zone.",
            [(server.Zone, server.IsPrimary && !self.Slots.IsEmpty ? 1 : 0)]
        );
        yield return Metric.Gauge("slotwright_member_slots", "Slots that it owns.", self.Slots.Count);
        yield return Metric.Gauge("slotwright_member_keys", "Keys that it holds.", server.Keys);
        if (!server.IsPrimary)
        {
            yield return Metric.Gauge(
                "slotwright_member_link_up",
                "Whether this replica's link to its primary is up.",
                server.PrimaryLinkUp
            );
        }
        var replicas = ReplicaLine.Of(server).ToArray();
        yield return Metric.Gauge(
            "slotwright_member_replicas_in_sync",
            "Replicas that this primary sends what is written to.",
            replicas.Count(r => r.IsOnline)
        );
        yield return Metric.By(
            "replica",
            MetricType.Gauge,
            "slotwright_member_replication_lag_bytes",
            "What a replica has not acknowledged yet, as of its last word, which comes once a second.",
            replicas.Where(r => r.IsOnline).Select(r => (r.Address, (double)Math.Max(0, server.Offset - r.Offset)))
        );
    }

    private static Metric Info(string name, string help, params (string, string)[] labels) =>
        new(name, MetricType.Gauge, help, [new MetricSample(1, [.. labels])]);

    private static Metric ByKind(
        MetricType type,
        string name,
        string help,
        AgentStatus status,
        Func<HealCount, double> value
    ) =>
        Metric.By(
            "kind",
            type,
            name,
            help,
            status.Heals.Select(h => (h.Key == HealKind.Address ? "address" : "identity", value(h.Value)))
        );
}
