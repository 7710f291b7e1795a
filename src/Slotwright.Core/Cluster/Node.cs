using Slotwright.Core.Slots;

namespace Slotwright.Core.Cluster;

/// <summary>A Valkey node as the cluster as a whole knows it. Its identity is its id, never its address.</summary>
/// <param name="Address">Where its peers reach it.</param>
/// <param name="Hostname">The hostname that it announces; empty where it announces none.</param>
/// <param name="Member">The member that it runs in; null where no member of the target is known to hold it.</param>
/// <param name="Primary">The primary that it replicates; null where it is a primary itself.</param>
/// <param name="Slots">The slots that it owns; empty on a replica.</param>
/// <param name="Link">The replica's own word on its link; Down where it could not be asked.</param>
/// <param name="Offset">Replication offset in bytes; 0 where it could not be asked.</param>
/// <param name="Keys">Number of keys in all its databases; 0 where it could not be asked.</param>
/// <param name="Epoch">Its configuration epoch.</param>
/// <param name="Joined">Every node of the cluster that answered knows it, and it knows them.</param>
/// <param name="Alone">It answered and knows no other node.</param>
/// <param name="SeesForeign">Its own view has a node that is no member of the target.</param>
/// <param name="Reachable">It answered this observation itself.</param>
/// <param name="Failed">Most of the other nodes that answered have it as failed.</param>
public sealed record Node(
    NodeId Id,
    NodeAddress Address,
    string Hostname,
    string? Member,
    NodeId? Primary,
    SlotSet Slots,
    LinkState Link,
    long Offset,
    long Keys,
    long Epoch,
    bool Reachable,
    bool Failed,
    bool Joined,
    bool Alone,
    bool SeesForeign
)
{
    public bool IsPrimary => Primary is null;

    /// <summary>Replication id of the stream that Offset counts; empty where it could not be asked. Offsets of two streams say nothing of each other.</summary>
    public string Stream { get; init; } = "";

    /// <summary>
    /// At least one other node answered, and each that did holds it for failed or suspects it: without a majority of
    /// primaries none is ever held for failed by all.
    /// </summary>
    public bool Suspected { get; init; }

    /// <summary>The fence holds it back: its server votes, has no data, and takes no reads and no writes.</summary>
    public bool IsHeldBack { get; init; }

    /// <summary>No node of the cluster that answered knows it, nor does it know one of them.</summary>
    public bool Apart { get; init; }

    /// <summary>Slots that it says are on their way, to it or from it; empty where it could not be asked.</summary>
    public SlotSet Open { get; init; } = SlotSet.Empty;

    /// <summary>
    /// Slots of others, or of nobody, of which it holds keys. Nobody says that by himself: it is empty but where an
    /// operation has asked, as repair does.
    /// </summary>
    public SlotSet Strays { get; init; } = SlotSet.Empty;

    /// <summary>What people call it: its member, else its hostname, else its address.</summary>
    public string Label => Member ?? (Hostname.Length > 0 ? Hostname : Address.ToString());
}
