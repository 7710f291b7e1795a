using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Observing;

namespace Slotwright.Operations.Agent;

/// <summary>What an agent's own server said in one look.</summary>
public sealed record OwnView(ImmutableArray<PeerRow> Nodes, ClusterInfo Cluster, ServerInfo Server)
{
    /// <summary>Zones of other nodes, as far as the agent has heard.</summary>
    public ImmutableDictionary<NodeId, string> Zones { get; init; } = [];

    /// <summary>Primaries with slots, its own among them, by zone where that is known.</summary>
    public ImmutableDictionary<string, int> PrimariesByZone() =>
        Nodes
            .Where(n => !n.Slots.IsEmpty)
            .Select(n => n.Flags.HasFlag(PeerFlags.Myself) ? Server.Zone : Zones.GetValueOrDefault(n.Id, ""))
            .Where(zone => zone.Length > 0)
            .GroupBy(zone => zone, StringComparer.Ordinal)
            .ToImmutableDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
}
