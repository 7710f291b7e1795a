namespace Slotwright.Core.Failover;

/// <summary>From what an agent has seen of its own server to what it says of it.</summary>
public static class Diagnosis
{
    public static MemberCondition Of(OwnServerEvidence evidence) =>
        evidence switch
        {
            { WasConnected: false } => MemberCondition.Unknown,
            { IsClosed: false, Answers: true } => MemberCondition.Running,
            { IsClosed: false } => MemberCondition.Hung,
            { Client: PortAnswer.Accepted } or { Bus: PortAnswer.Accepted } => MemberCondition.Running,
            { Client: PortAnswer.Silent } or { Bus: PortAnswer.Silent } => MemberCondition.Hung,
            { IsStarting: true } => MemberCondition.Starting,
            // one that can't be held up could be back the moment after
            { IsStartHeld: false } => MemberCondition.Unknown,
            _ => MemberCondition.Dead,
        };
}
