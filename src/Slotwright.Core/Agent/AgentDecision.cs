using System.Collections.Immutable;
using Slotwright.Core.Cluster;

namespace Slotwright.Core.Agent;

/// <summary>The one thing that an agent does after a look. Failover will be another.</summary>
/// <param name="Reason">In words, for the log.</param>
public abstract record AgentDecision(string Reason)
{
    /// <summary>Nothing can be done, or nothing is to be done.</summary>
    /// <param name="Waits">Something is to be mended, and it can't be yet.</param>
    public sealed record Rest(string Reason, bool Waits = true) : AgentDecision(Reason);

    /// <summary>It takes what these names lead to now to judge.</summary>
    public sealed record AskNames(ImmutableArray<string> Names) : AgentDecision("");

    /// <summary>It takes what the other members see to judge.</summary>
    public sealed record AskMembers() : AgentDecision("");

    /// <summary>Has the server meet nodes, each only after it has said who it is.</summary>
    public sealed record Meet(HealKind Kind, ImmutableArray<Meeting> Nodes, string Reason) : AgentDecision(Reason);

    /// <summary>Has the server, which is empty, replicate a primary.</summary>
    public sealed record Replicate(NodeId Primary, string Reason) : AgentDecision(Reason);

    /// <summary>Has all members forget nodes that the member was before.</summary>
    public sealed record Forget(ImmutableArray<NodeId> Nodes, string Reason) : AgentDecision(Reason);
}
