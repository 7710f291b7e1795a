using Slotwright.Core.Cluster;

namespace Slotwright.Core.Planning.Steps;

/// <summary>Makes an empty node that was asked who it is known to all nodes of the cluster, and them to it.</summary>
/// <param name="Node">The id that answered at the member's address.</param>
/// <param name="Blank">What the node is before it owns or replicates anything; its place in the topology to come.</param>
public sealed record Meet(string Member, NodeId Node, Node Blank) : Step
{
    public override string Describe() => $"{Member} joins";

    public override Topology ApplyTo(Topology before) =>
        IsDone(before) ? before : before with { Nodes = [.. before.Nodes.Append(Blank).OrderBy(n => n.Id)] };

    public override bool IsDone(Topology now) => now.Find(Node) is not null;
}
