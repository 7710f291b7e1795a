using Slotwright.Core.Metrics;
using Slotwright.Core.Observing;

namespace Slotwright.Operations.Agent;

/// <summary>The cluster as one member sees it.</summary>
internal static class ClusterMetrics
{
    public static IEnumerable<Metric> Of(OwnView view)
    {
        var (cluster, others) = (view.Cluster, view.Nodes.Where(n => !n.Flags.HasFlag(PeerFlags.Myself)).ToArray());
        yield return Metric.Gauge(
            "slotwright_cluster_state_ok",
            "Whether the member says cluster_state:ok. It may say so while slots are failing.",
            cluster.StateOk
        );
        yield return Metric.By(
            "state",
            MetricType.Gauge,
            "slotwright_cluster_slots",
            "Slots by the state of their owner: ok, suspected or failed; unassigned are those without one.",
            [
                ("ok", cluster.SlotsOk),
                ("suspected", cluster.SlotsPossible),
                ("failed", cluster.SlotsFail),
                ("unassigned", Core.Slots.HashSlot.Count - cluster.SlotsAssigned),
            ]
        );
        yield return Metric.Gauge("slotwright_cluster_primaries", "Primaries that own slots.", cluster.Size);
        yield return Metric.By(
            "state",
            MetricType.Gauge,
            "slotwright_cluster_nodes",
            "Nodes that the member knows, itself among them, by what it takes them for.",
            [
                ("ok", 1 + Count(others, PeerFlags.None)),
                ("suspected", Count(others, PeerFlags.Possible)),
                ("failed", Count(others, PeerFlags.Fail)),
            ]
        );
        yield return Metric.Gauge(
            "slotwright_cluster_links_down",
            "Nodes that the member has no link to on the cluster bus.",
            others.Count(n => !n.Linked)
        );
    }

    private static int Count(PeerRow[] nodes, PeerFlags state) =>
        nodes.Count(n => (n.Flags & (PeerFlags.Possible | PeerFlags.Fail)) == state);
}
