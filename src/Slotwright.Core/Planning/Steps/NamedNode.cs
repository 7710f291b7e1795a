using Slotwright.Core.Cluster;

namespace Slotwright.Core.Planning.Steps;

/// <param name="Label">What people call it: its member where it is in one.</param>
public readonly record struct NamedNode(string Label, NodeId Node)
{
    public static NamedNode Of(Node node) => new(node.Label, node.Id);
}
