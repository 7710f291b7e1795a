using System.Collections.Immutable;
using Slotwright.Core.Cluster;

namespace Slotwright.Core.Observing;

/// <summary>Whether nodes agree under which epoch a primary owns its slots, and no other owner has the same.</summary>
public static class Epochs
{
    /// <param name="views">CLUSTER NODES of each node that answered.</param>
    public static bool Agree(IReadOnlyCollection<ImmutableArray<PeerRow>> views, NodeId owner) =>
        views.Select(rows => rows.FirstOrDefault(r => r.Id == owner)?.ConfigEpoch).Distinct().Take(2).ToArray()
            is [{ } epoch]
        && !views.Any(rows =>
            rows.Any(r => r.Id != owner && r.ConfigEpoch == epoch && r is { Primary: null, Slots.IsEmpty: false })
        );
}
