using Slotwright.Core.Cluster;

namespace Slotwright.Core.Agent;

/// <summary>A node to be met, if it is the one that answers there.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="BusPort">Of its cluster bus.</param>
public sealed record Meeting(NodeId Id, string Name, NodeAddress Address, int BusPort);
