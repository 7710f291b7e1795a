using Slotwright.Core.Cluster;

namespace Slotwright.Core.Fencing;

/// <summary>A replica of the member that wants to start.</summary>
/// <param name="Name">What people call it.</param>
public sealed record FencedReplica(NodeId Id, string Name, ReplicaState State)
{
    /// <summary>The stream that it has applied; empty where it does not say.</summary>
    public string ReplicationId { get; init; } = "";

    /// <summary>The stream that it followed before it was promoted the last time; empty for none.</summary>
    public string FormerReplicationId { get; init; } = "";

    /// <summary>Bytes of the stream that it has applied; 0 also where it has read an append-only file, which says none.</summary>
    public long Offset { get; init; }

    public long Keys { get; init; }
}
