using Slotwright.Core.Cluster;
using Slotwright.Core.Failover;
using Slotwright.Core.Observing;

namespace Slotwright.Operations.Agent.Failover;

/// <summary>What INFO says of a replica.</summary>
internal static class ReplicaReadings
{
    public static ReplicaReading Of(NodeId id, ServerInfo info) =>
        new(id, !info.IsPrimary, info.PrimaryLinkUp, info.Offset, info.Fields.GetValueOrDefault("master_replid", ""))
        {
            IsSyncing = info.SyncInProgress,
            IsLoading = info.Loading,
            Zone = info.Zone,
        };
}
