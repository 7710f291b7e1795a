using Slotwright.Core.Cluster;

namespace Slotwright.Core.Planning.Steps;

/// <summary>Makes a node that was asked who it is known to a node of the cluster, whose gossip does the rest.</summary>
/// <param name="Node">The id that answered at the member's address.</param>
/// <param name="Via">The member that meets it.</param>
public sealed record Meet(string Member, NodeId Node, string Via, NodeId ViaNode) : Step
{
    public override string Describe() => $"{Member} joins";

    public override Topology ApplyTo(Topology before) => Known(Known(before, Node), ViaNode);

    public override bool IsDone(Topology now) => now.Find(Node) is { Joined: true, Alone: false };

    private static Topology Known(Topology topology, NodeId id) =>
        topology.Find(id) is { } node
            ? topology.With(node with { Joined = true, Alone = false, Apart = false })
            : topology;
}
