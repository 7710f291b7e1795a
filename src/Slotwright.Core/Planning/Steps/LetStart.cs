using Slotwright.Core.Cluster;

namespace Slotwright.Core.Planning.Steps;

/// <summary>
/// Tells a member that the fence holds back to wait for nobody. A replica that answers and has more still takes over first.
/// </summary>
public sealed record LetStart(string Member, NodeId Node) : Step
{
    public override string Describe() => $"{Member} starts with what it has";

    public override Topology ApplyTo(Topology before) =>
        before.Find(Node) is { } node
            ? before.With(node with { IsHeldBack = false, Link = node.IsPrimary ? LinkState.None : LinkState.InSync })
            : before;

    public override bool IsDone(Topology now) => now.Find(Node) is { Reachable: true, IsHeldBack: false };
}
