using Slotwright.Core.Cluster;

namespace Slotwright.Core.Failover;

/// <summary>What a replica of a primary that is gone says of itself.</summary>
/// <param name="IsReplica">It is a replica still.</param>
/// <param name="LinkUp">Its link to the primary; only what is read after it went down counts.</param>
/// <param name="Offset">Bytes of the stream that it has applied.</param>
/// <param name="Stream">The stream's replication id.</param>
public sealed record ReplicaReading(NodeId Id, bool IsReplica, bool LinkUp, long Offset, string Stream)
{
    /// <summary>It copies its primary's data, so that it has a part of them at best.</summary>
    public bool IsSyncing { get; init; }

    public bool IsLoading { get; init; }

    /// <summary>Its settings forbid it (cluster-replica-no-failover).</summary>
    public bool MayNot { get; init; }

    /// <summary>Its availability zone; empty where it is not known.</summary>
    public string Zone { get; init; } = "";

    /// <summary>It has completed a sync, and could be promoted.</summary>
    public bool IsComplete => IsReplica && !IsSyncing && !IsLoading && !MayNot && Offset > 0;
}
