using Slotwright.Core.Cluster;

namespace Slotwright.Core.Planning.Steps;

/// <summary>Makes a node that was asked who it is known to all nodes of the cluster, and them to it.</summary>
/// <param name="Node">The id that answered at the member's address.</param>
public sealed record Meet(string Member, NodeId Node) : Step
{
    public override string Describe() => $"{Member} joins";

    public override Topology ApplyTo(Topology before) =>
        before.Find(Node) is { } node ? before.With(node with { Joined = true }) : before;

    public override bool IsDone(Topology now) => now.Find(Node) is { Joined: true };
}
