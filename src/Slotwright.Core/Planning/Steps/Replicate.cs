using Slotwright.Core.Cluster;

namespace Slotwright.Core.Planning.Steps;

/// <summary>Makes an empty node the replica of a primary.</summary>
public sealed record Replicate(string Member, NodeId Node, string PrimaryMember, NodeId Primary) : Step
{
    public override string Describe() => $"{Member} replicates {PrimaryMember}";

    public override Topology During(Topology before) =>
        before.Find(Node) is { } node ? before.With(node with { Primary = Primary, Link = LinkState.Syncing }) : before;

    public override Topology ApplyTo(Topology before) =>
        before.Find(Node) is { } node ? before.With(node with { Primary = Primary, Link = LinkState.InSync }) : before;

    public override bool IsDone(Topology now) =>
        now.Find(Node) is { } node && node.Primary == Primary && node.Link == LinkState.InSync;
}
