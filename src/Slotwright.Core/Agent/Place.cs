using Slotwright.Core.Cluster;

namespace Slotwright.Core.Agent;

/// <summary>Where a member that came back is to go.</summary>
/// <param name="Primary">The primary that it is to replicate.</param>
internal sealed record Place(NodeId Primary, string Reason);
