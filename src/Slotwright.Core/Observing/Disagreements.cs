using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Health;

namespace Slotwright.Core.Observing;

/// <summary>Where a node's view is not what the merged topology says.</summary>
internal static class Disagreements
{
    public static ImmutableArray<Finding> Find(
        Topology topology,
        ImmutableArray<NodeView> views,
        Homes homes,
        Island island
    ) =>
        [
            .. Together(
                views
                    .Where(v => v.Report is { } r && island.Has(r.Id))
                    .SelectMany(v => OfView(topology, v.Label, v.Report!, homes, island))
            ),
            .. Strangers(topology, views, homes),
        ];

    /// <summary>What several say alike is said once: a hundred nodes that miss one slot are one finding.</summary>
    private static IEnumerable<Finding> Together(IEnumerable<Finding> findings) =>
        findings
            .GroupBy(f => f with { Subject = "" })
            .Select(g => g.Key with { Subject = Names([.. g.Select(f => f.Subject)]) });

    private static IEnumerable<Finding> OfView(
        Topology topology,
        string subject,
        NodeReport report,
        Homes homes,
        Island island
    )
    {
        var rows = report.Known.ToDictionary(p => p.Id);
        foreach (var node in topology.Nodes.Where(n => island.Has(n.Id) && !homes.IsForeign(n.Id)))
        {
            if (!rows.TryGetValue(node.Id, out var row))
            {
                if (node.Reachable)
                {
                    yield return Disagrees("node-unknown", subject, $"does not know {node.Label}");
                }
                continue;
            }
            if (node.Reachable && row.Primary != node.Primary)
            {
                yield return Disagrees(
                    "role-disagreement",
                    subject,
                    $"takes {node.Label} for {RoleIn(topology, row.Primary)}, which is {RoleIn(topology, node.Primary)}"
                );
            }
            var missing = node.Slots.Except(row.Slots);
            if (!missing.IsEmpty && row.Id != report.Id)
            {
                yield return Disagrees(
                    "slot-disagreement",
                    subject,
                    $"does not have {node.Label} as the owner of slots {missing}"
                );
            }
            var claimed = row.Slots.Except(node.Slots);
            if (!claimed.IsEmpty)
            {
                yield return Disagrees(
                    "slot-disagreement",
                    subject,
                    row.Id == report.Id
                        ? $"takes itself for the owner of slots {claimed}"
                        : $"has {node.Label} as the owner of slots {claimed}, which says otherwise itself"
                );
            }
        }
    }

    private static IEnumerable<Finding> Strangers(Topology topology, ImmutableArray<NodeView> views, Homes homes)
    {
        foreach (var node in topology.Nodes)
        {
            if (homes.IsForeign(node.Id))
            {
                yield return new Finding(
                    "foreign-node",
                    Verdict.Failed,
                    $"{node.Id.Short} at {node.Address}",
                    $"a node that is no member of this cluster is known to {Knowers(views, node.Id)}",
                    "two clusters that know each other can merge: one becomes the other's replica and loses its data",
                    "find out what runs there; if it does not belong here, CLUSTER FORGET it on every member within a minute"
                );
            }
            else if (homes.IsFormer(node.Id))
            {
                yield return new Finding(
                    "former-node",
                    node.Slots.IsEmpty ? Verdict.Warning : Verdict.Failed,
                    node.Address == default ? node.Id.Short : $"{node.Id.Short} at {node.Address}",
                    node.Slots.IsEmpty
                        ? $"no member holds this node any more; it is still known to {Knowers(views, node.Id)}"
                        : $"no member holds this node any more, and it still owns slots {node.Slots}",
                    "a dead id counts in no election, but clients and people are told of it",
                    node.Slots.IsEmpty
                        ? "slotwright repair has every member forget it"
                        : "slotwright recover shows the ways out; once it owns no slot, slotwright repair has every member forget it"
                );
            }
        }
    }

    private static string Knowers(ImmutableArray<NodeView> views, NodeId id) =>
        Names([
            .. views.Where(v => v.Report is { } r && r.Id != id && r.Known.Any(p => p.Id == id)).Select(v => v.Label),
        ]);

    private static string Names(string[] names) =>
        names.Length > 4 ? $"{string.Join(", ", names.Take(3))} and {names.Length - 3} more" : string.Join(", ", names);

    private static string RoleIn(Topology topology, NodeId? primary) =>
        primary is { } id ? $"a replica of {topology.Find(id)?.Label ?? id.Short}" : "a primary";

    private static Finding Disagrees(string code, string subject, string what) =>
        new(
            code,
            Verdict.Failed,
            subject,
            what,
            "clients are sent to different places, depending on which node they ask",
            "wait for gossip (some seconds) and look again; if it stays, slotwright repair"
        );
}
