using System.Collections.Immutable;

namespace Slotwright.Core.Observing;

/// <summary>INFO of one node: what is used here, typed; the rest stays readable by its name in Fields.</summary>
/// <param name="Product"><c>valkey</c> or <c>redis</c>.</param>
/// <param name="Zone">availability_zone; empty for none.</param>
/// <param name="PrimaryLinkUp">A replica's link is up; false on a primary.</param>
/// <param name="SyncInProgress">A full synchronisation is running.</param>
/// <param name="Offset">Replication offset in bytes: of what it sent (primary) or has applied (replica).</param>
/// <param name="UsedMemory">Bytes.</param>
/// <param name="MaxMemory">Bytes; 0 where no limit is set.</param>
/// <param name="OpsPerSecond">Commands a second, as the server measures it.</param>
/// <param name="Keys">Keys in all databases.</param>
/// <param name="Fields">Every field of the reply by its name.</param>
public sealed record ServerInfo(
    string Product,
    Version Version,
    string Zone,
    bool IsPrimary,
    bool PrimaryLinkUp,
    bool SyncInProgress,
    bool Loading,
    long Offset,
    int ConnectedReplicas,
    int ConnectedClients,
    long UsedMemory,
    long MaxMemory,
    long OpsPerSecond,
    long Keys,
    TimeSpan Uptime,
    ImmutableDictionary<string, string> Fields
)
{
    public StorageInfo Storage { get; init; } = StorageInfo.Unsaid;

    /// <summary>Bytes of its stream that it keeps for replicas that come back: repl-backlog-size.</summary>
    public long Backlog { get; init; }

    /// <summary>Bytes a second that come in over a replica's link.</summary>
    public double StreamIn { get; init; }

    /// <summary>Bytes a second that go out to each replica.</summary>
    public double StreamOut { get; init; }

    /// <summary>maxmemory_policy: what it does when maxmemory is reached; null where it does not say.</summary>
    public string? EvictionPolicy { get; init; }

    /// <summary>Bytes of UsedMemory that don't count against maxmemory: what waits for replicas and for the append-only file.</summary>
    public long UncountedMemory { get; init; }
}
