using Slotwright.Core.Cluster;

namespace Slotwright.Operations.Agent.Failover;

/// <param name="IsAtWork">The agent has its server take over, or is about to find out who does.</param>
/// <param name="Winner">Who owns the slots now; null for nobody yet.</param>
/// <param name="Reason">In words.</param>
internal sealed record NoticeAnswer(bool IsAtWork, NodeId? Winner, string Reason);
