using System.Collections.Immutable;
using Slotwright.Core.Cluster;

namespace Slotwright.Core.Observing;

/// <summary>A node's own words: CLUSTER NODES, CLUSTER SHARDS, CLUSTER INFO and INFO, asked in one go.</summary>
public sealed record NodeReport(
    ImmutableArray<PeerRow> Peers,
    ImmutableArray<ShardRow> Shards,
    ClusterInfo Cluster,
    ServerInfo Server
)
{
    /// <summary>The row in which the node describes itself.</summary>
    public PeerRow Self { get; } = Peers.Single(p => p.Flags.HasFlag(PeerFlags.Myself));

    public NodeId Id => Self.Id;

    /// <summary>What the server said that these versions are not known to say; harmless, but worth a look.</summary>
    public ImmutableArray<string> Unrecognized { get; init; } = [];

    /// <summary>Peers that it has finished getting to know and has an address for, itself among them.</summary>
    public IEnumerable<PeerRow> Known => Peers.Where(p => !p.IsMeeting);

    /// <summary>It is still getting to know somebody: what it says of who belongs together is about to change.</summary>
    public bool IsMeeting => Peers.Any(p => p.IsMeeting);
}
