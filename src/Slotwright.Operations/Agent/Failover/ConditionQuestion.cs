using Slotwright.Core.Cluster;

namespace Slotwright.Operations.Agent.Failover;

/// <summary>How is your server at this moment?</summary>
/// <param name="Node">The node that it is taken for.</param>
internal sealed record ConditionQuestion(NodeId Node);
