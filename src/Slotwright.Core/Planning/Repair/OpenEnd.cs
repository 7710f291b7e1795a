using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Observing;

namespace Slotwright.Core.Planning.Repair;

/// <summary>One end of a slot that is on its way, by the word of the node where it is open.</summary>
/// <param name="Peer">The other end, as this one has it.</param>
internal readonly record struct OpenEnd(Node At, int Slot, bool Importing, NodeId Peer)
{
    /// <summary>Of nodes of the cluster; replicas have them from their primaries.</summary>
    public static ImmutableArray<OpenEnd> Of(Observation seen) =>
        [
            .. seen
                .Topology.Nodes.Where(n => n is { Reachable: true, Apart: false })
                .SelectMany(n =>
                    (seen.ReportOf(n.Id)?.Self.OpenSlots ?? []).Select(o => new OpenEnd(n, o.Slot, o.Importing, o.Peer))
                ),
        ];
}
