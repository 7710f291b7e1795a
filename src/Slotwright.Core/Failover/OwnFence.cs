namespace Slotwright.Core.Failover;

/// <summary>
/// An agent's promise: when it has not reached a majority of the primaries for a second, its own server takes no writes.
/// Others may replace it then, and what it would acknowledge would be lost.
/// </summary>
public static class OwnFence
{
    /// <summary>How long a majority may be out of reach.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>How long one pause lasts: an agent that dies does not stop its server for longer.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan RenewAfter = TimeSpan.FromSeconds(1);

    public static OwnFenceDecision Decide(OwnFenceEvidence evidence)
    {
        if (!evidence.IsPrimary)
        {
            return evidence.IsFenced ? OwnFenceDecision.Unfence : OwnFenceDecision.Nothing;
        }
        if (evidence.IsFenced && evidence.HasMajority && evidence.Owning * 2 > evidence.Primaries)
        {
            return OwnFenceDecision.Unfence;
        }
        if (evidence.IsFenced)
        {
            // also where it is back, and others say that it owns its slots no more: its server is about to hear of it
            return evidence.SinceRenewed >= RenewAfter ? OwnFenceDecision.Renew : OwnFenceDecision.Nothing;
        }
        return !evidence.HasMajority && evidence.SinceMajority >= Patience
            ? OwnFenceDecision.Fence
            : OwnFenceDecision.Nothing;
    }
}
