using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Observing;

namespace Slotwright.Core.Agent;

/// <summary>What another member said when an agent asked it.</summary>
/// <param name="Address">Where it answered.</param>
/// <param name="Zone">Its availability zone; empty where it does not say.</param>
/// <param name="Nodes">Its CLUSTER NODES.</param>
public sealed record MemberSight(NodeAddress Address, string Zone, ImmutableArray<PeerRow> Nodes)
{
    /// <summary>The row in which it describes itself.</summary>
    public PeerRow Self { get; } = Nodes.Single(n => n.Flags.HasFlag(PeerFlags.Myself));

    public NodeId Id => Self.Id;
}
