using Slotwright.Core.Cluster;
using Slotwright.Core.Observing;
using Slotwright.Core.Slots;

namespace Slotwright.Core.Health;

/// <summary>
/// Slots whose commands are carried out: their owner answers, is not held back, is a node of the one cluster and not of another, and
/// calls the state ok itself. A node may own slots that nobody else knows of, and serves none of them.
/// </summary>
public static class SlotsServed
{
    public static SlotSet Of(Observation observation) =>
        SlotSet.Union(observation.Topology.Primaries.Where(p => Serves(observation, p)).Select(p => p.Slots));

    private static bool Serves(Observation observation, Node primary) =>
        primary is { Reachable: true, IsHeldBack: false, Apart: false }
        && observation.ReportOf(primary.Id) is { Cluster.StateOk: true };

    /// <summary>Nodes that own slots, or know others, while no node of the cluster knows them.</summary>
    public static bool IsDivided(Observation observation) =>
        observation.Topology.Nodes.Any(n =>
            n.Apart && observation.ReportOf(n.Id) is { } report && (!n.Alone || !report.Self.Slots.IsEmpty)
        );
}
