using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Observing;
using Slotwright.Core.Slots;

namespace Slotwright.Core.Failover;

/// <summary>A shard as the server of one of its replicas knows it.</summary>
/// <param name="Self">The replica whose agent judges.</param>
/// <param name="Primary">Who is gone, or is said to be.</param>
/// <param name="Replicas">All of its replicas that are known, failed ones too.</param>
/// <param name="Winner">Who owns its slots instead of it; null while nobody does.</param>
/// <param name="Turn">From 0 up to 1: another for each node, so that no two ask for votes at the same time again and again.</param>
public sealed record LostShard(
    NodeId Self,
    NodeId Primary,
    ImmutableArray<NodeId> Replicas,
    NodeId? Winner,
    double Turn
)
{
    /// <param name="nodes">CLUSTER NODES of the replica.</param>
    /// <param name="slots">What the primary is known to have owned; where empty, what the view says.</param>
    public static LostShard Of(ImmutableArray<PeerRow> nodes, NodeId primary, SlotSet slots)
    {
        var self = nodes.Single(n => n.Flags.HasFlag(PeerFlags.Myself)).Id;
        var row = nodes.FirstOrDefault(n => n.Id == primary);
        var owned = row is { Slots.IsEmpty: false } ? row.Slots : slots;
        var winner = nodes.FirstOrDefault(n => n.Id != primary && n.Slots.Overlaps(owned));
        var order = nodes.Select(n => n.Id).Order().ToList();
        return new LostShard(
            self,
            primary,
            [.. nodes.Where(n => n.Primary == primary).Select(n => n.Id).Order()],
            winner?.Id,
            (double)order.IndexOf(self) / order.Count
        );
    }
}
