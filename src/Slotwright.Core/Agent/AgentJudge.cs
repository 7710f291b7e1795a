namespace Slotwright.Core.Agent;

/// <summary>From what an agent has seen to the one thing that it does.</summary>
public static class AgentJudge
{
    public static AgentDecision Decide(AgentEvidence evidence)
    {
        if (evidence.HeldBack is { } reason)
        {
            return new AgentDecision.Rest($"the server is held back: {reason}");
        }
        if (evidence.Self.OpenSlots is [var open, ..])
        {
            return new AgentDecision.Rest($"slot {open.Slot} is on its way: an operation is at work");
        }
        var identity = IdentityHealing.Decide(evidence);
        return identity is null or AgentDecision.Rest
            ? AddressHealing.Decide(evidence)
                ?? identity
                ?? new AgentDecision.Rest("nothing is to be mended", Waits: false)
            : identity;
    }
}
