using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Observing;
using Slotwright.Core.Slots;

namespace Slotwright.Core.Health;

/// <summary>
/// Whether a cluster is what bootstrap promises: every node agrees, every slot has a reachable owner, every replica's
/// link is up, and every node gives the nodes of a shard the same shard id. Without the last, servers of 8.0 and 8.1
/// that are killed now refuse their own nodes.conf. Dead nodes that no member holds any more and that own no slot
/// don't stand in the way.
/// </summary>
public static class Formed
{
    /// <returns>What is still missing, in words for people; empty where the cluster is formed.</returns>
    public static ImmutableArray<string> Missing(Observation observation)
    {
        var topology = observation.Topology;
        var missing = ImmutableArray.CreateBuilder<string>();
        missing.AddRange(observation.Views.Where(v => v.Report is null).Select(v => $"{v.Label} does not answer"));
        var nodes = topology.Nodes.Where(n => n.Member is not null).ToArray();
        missing.AddRange(nodes.Where(n => !n.Joined).Select(n => $"{n.Label} is not known to all"));
        missing.AddRange(
            observation.Disagreements.Where(d => d.Verdict > Verdict.Warning).Select(d => $"{d.Subject}: {d.What}")
        );
        var uncovered = SlotSet.All.Except(
            SlotSet.Union(topology.Primaries.Where(p => p.Reachable).Select(p => p.Slots))
        );
        if (!uncovered.IsEmpty)
        {
            missing.Add($"slots {uncovered} have no reachable owner");
        }
        missing.AddRange(
            nodes
                .Where(n => n is { IsPrimary: false, Link: not LinkState.InSync })
                .Select(n =>
                    $"{n.Label}'s link to its primary is {n.Link switch { LinkState.Syncing => "syncing", _ => "down" }}"
                )
        );
        foreach (var view in observation.Views.Where(v => v.Report is not null))
        {
            var report = view.Report!;
            var label = view.Label;
            if (!report.Cluster.StateOk)
            {
                missing.Add($"{label} says cluster_state:fail");
            }
            if (report.Peers.Length - report.Known.Count() is > 0 and var handshakes)
            {
                missing.Add($"{label} has {handshakes} handshakes open");
            }
            if (!ShardIds.Agree(report, topology))
            {
                missing.Add($"{label} does not give each shard one shard id");
            }
        }
        return missing.ToImmutable();
    }
}
