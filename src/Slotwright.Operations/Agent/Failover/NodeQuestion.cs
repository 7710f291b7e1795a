using Slotwright.Core.Cluster;

namespace Slotwright.Operations.Agent.Failover;

/// <summary>A question about a node, or what its agent says of it.</summary>
internal sealed record NodeQuestion(NodeId Node);
