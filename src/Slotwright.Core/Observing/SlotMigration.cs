using Slotwright.Core.Cluster;
using Slotwright.Core.Slots;

namespace Slotwright.Core.Observing;

/// <summary>An atomic slot migration as one of its ends tells it (CLUSTER GETSLOTMIGRATIONS), under way or ended lately.</summary>
/// <param name="Name">40 characters, the same at both ends.</param>
/// <param name="IsExport">Told by the giver; false where the taker tells it.</param>
/// <param name="Peer">The other end; null where the server does not say it.</param>
/// <param name="State">The server's word: <c>snapshotting</c>, <c>success</c>.</param>
/// <param name="Message">Why it failed; empty otherwise.</param>
public sealed record SlotMigration(
    string Name,
    bool IsExport,
    SlotSet Slots,
    NodeId? Peer,
    string State,
    string Message
)
{
    public bool Succeeded => State is "success";

    /// <summary>Its slots are about to change their owner, or have at one end.</summary>
    public bool IsHandingOver => State is "waiting-to-pause" or "failover-paused" or "failover-granted";

    public bool Ended => State is "success" or "failed" or "cancelled" or "canceled";
}
