using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Health;

namespace Slotwright.Core.Planning.Repair;

/// <summary>Nodes that are not touched: what they are, and what a person does about them.</summary>
internal static class NodeTroubles
{
    public static ImmutableArray<Finding> Of(Topology topology, Leftovers leftovers) =>
        [
            .. topology
                .Nodes.Where(n => n is { Member: null, Apart: false } && !leftovers.Has(n.Id))
                .Select(OfStranger),
            .. topology
                .Nodes.Where(n => n is { Member: not null, Reachable: true, Apart: true })
                .Select(OfApart)
                .OfType<Finding>(),
            .. leftovers.Orphans().Where(n => n.Keys > 0).Select(OfOrphan),
        ];

    private static Finding OfStranger(Node node) =>
        node.Slots.IsEmpty
            ? Failed(
                "foreign-node",
                $"{node.Id.Short} at {node.Address}",
                "nodes of this cluster know it, and it is no member and not known to be dead",
                "two clusters that know each other can merge: one becomes the other's replica and loses its data",
                "find out what runs there; if it does not belong here, CLUSTER FORGET it on every member within a minute"
            )
            : Failed(
                "owner-no-member",
                $"{node.Id.Short} at {node.Address}",
                $"it owns slots {node.Slots}, and it is no member",
                "a node that owns slots is never forgotten: their keys may be with it alone",
                node.Failed
                    ? "bring it back; where its data is lost, slotwright recover"
                    : "find out what runs there, and bring it in as a member or move its slots"
            );

    /// <summary>One that is empty and alone joins.</summary>
    private static Finding? OfApart(Node node) =>
        node switch
        {
            { Alone: true, Keys: 0, Slots.IsEmpty: true } => null,
            { Alone: true } => Failed(
                "member-with-data",
                node.Label,
                node.Slots.IsEmpty
                    ? $"it holds {node.Keys} keys and is not known to the cluster"
                    : $"it owns slots {node.Slots}, holds {node.Keys} keys and is not known to the cluster",
                "it would have to throw them away to join",
                "save them first; then FLUSHALL and CLUSTER RESET on it, and slotwright repair joins it"
            ),
            _ => Failed(
                "other-cluster",
                node.Label,
                "it knows others, and none of this cluster",
                "clusters that meet merge, and one of them loses its data",
                "name only nodes of one cluster; if it belongs here and has nothing that counts, CLUSTER RESET on it, and slotwright repair joins it"
            ),
        };

    private static Finding OfOrphan(Node node) =>
        Failed(
            "orphan-with-data",
            node.Label,
            $"it holds a copy of {node.Keys} keys, and its primary is gone and owns no slot",
            "whether others have these keys can't be told; to replicate another it would have to throw them away",
            "look at them (READONLY); where they are not needed, CLUSTER RESET on it, and slotwright repair attaches it anew"
        );

    private static Finding Failed(string code, string subject, string what, string why, string remedy) =>
        new(code, Verdict.Failed, subject, what, why, remedy);
}
