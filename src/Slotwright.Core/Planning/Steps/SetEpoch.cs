using Slotwright.Core.Cluster;

namespace Slotwright.Core.Planning.Steps;

/// <summary>
/// Gives a node that is alone an epoch of its own, so that the nodes need not settle who gives way when they meet.
/// Replicas to be get lower ones than primaries: what a replica says under a higher epoch than its primary's makes the
/// primary's word look stale.
/// </summary>
/// <param name="Epoch">1 or more, unlike any other node's.</param>
public sealed record SetEpoch(string Member, NodeId Node, long Epoch) : Step
{
    public override string Describe() => $"{Member} gets epoch {Epoch}";

    public override Topology ApplyTo(Topology before) =>
        before.Find(Node) is { Epoch: 0 } node ? before.With(node with { Epoch = Epoch }) : before;

    public override bool IsDone(Topology now) => now.Find(Node) is { } node && (node.Epoch > 0 || !node.Alone);
}
