using Slotwright.Core.Failover;
using Slotwright.Core.Observing;

namespace Slotwright.Operations.Agent.Failover;

/// <summary>What INFO says of a replica.</summary>
internal static class ReplicaReadings
{
    /// <param name="row">Of CLUSTER NODES. A member that has just come back, and whose own files are not whole yet, may not.</param>
    public static ReplicaReading Of(PeerRow row, ServerInfo info) =>
        new(
            row.Id,
            !info.IsPrimary,
            info.PrimaryLinkUp,
            info.Offset,
            info.Fields.GetValueOrDefault("master_replid", "")
        )
        {
            IsSyncing = info.SyncInProgress,
            IsLoading = info.Loading,
            MayNot = row.Flags.HasFlag(PeerFlags.NoFailover),
            Zone = info.Zone,
        };
}
