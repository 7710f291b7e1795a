using Slotwright.Core.Cluster;
using Slotwright.Core.Slots;

namespace Slotwright.Output;

/// <summary>One node in the JSON face of <c>status</c>; what could not be asked is null.</summary>
/// <param name="Role"><c>primary</c> or <c>replica</c>.</param>
/// <param name="HeldBack">It answers, and takes no reads and no writes: the fence waits for its replicas.</param>
/// <param name="Slots">Ranges such as <c>0-5460,7000</c>; empty on a replica.</param>
/// <param name="Primary">The label of the node that it replicates.</param>
/// <param name="Link"><c>in-sync</c>, <c>syncing</c> or <c>down</c>; null on a primary.</param>
/// <param name="Offset">Replication offset in bytes.</param>
/// <param name="Lag">Bytes behind its primary; null on a primary.</param>
/// <param name="UsedMemory">Bytes.</param>
/// <param name="MaxMemory">Bytes; 0 for no limit.</param>
internal sealed record StatusNode(
    string Member,
    NodeId Id,
    string Role,
    string? Zone,
    SlotSet Slots,
    string? Primary,
    NodeAddress Address,
    string Hostname,
    bool Reachable,
    bool Failed,
    bool HeldBack,
    string? Link,
    long Offset,
    long? Lag,
    long Keys,
    long Epoch,
    long? UsedMemory,
    long? MaxMemory,
    long? OpsPerSecond,
    int? Clients,
    string? Version
);
