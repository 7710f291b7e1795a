using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Slots;

namespace Slotwright.Core.Observing;

/// <summary>One line of CLUSTER NODES: what a node thinks of one peer, or of itself.</summary>
/// <param name="Address">Host and client port; null where the line has none (flag noaddr, or a fresh node that has not learnt its own).</param>
/// <param name="BusPort">Cluster bus port; 0 where the line has none.</param>
/// <param name="Hostname">Announced hostname; empty where there is none.</param>
/// <param name="Primary">The primary that it replicates; null on a primary.</param>
/// <param name="PingSent">When the unanswered ping was sent, Unix time in milliseconds; 0 where none is pending.</param>
/// <param name="PongReceived">When the last pong came, Unix time in milliseconds; 0 for none.</param>
/// <param name="Linked">The bus link to it is up (of itself: always).</param>
/// <param name="OpenSlots">Slots that it is migrating or importing; only its own line has them.</param>
public sealed record PeerRow(
    NodeId Id,
    NodeAddress? Address,
    int BusPort,
    string Hostname,
    PeerFlags Flags,
    NodeId? Primary,
    long PingSent,
    long PongReceived,
    long ConfigEpoch,
    bool Linked,
    SlotSet Slots,
    ImmutableArray<OpenSlot> OpenSlots
)
{
    /// <summary>The shard that it belongs to; null where the server does not tell it (to clients, none does so far).</summary>
    public string? ShardId { get; init; }

    /// <summary>The two are still getting to know each other; until then its id is made up.</summary>
    public bool IsMeeting => Flags.HasFlag(PeerFlags.Handshake);
}
