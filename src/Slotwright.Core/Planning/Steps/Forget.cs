using System.Collections.Immutable;
using Slotwright.Core.Cluster;

namespace Slotwright.Core.Planning.Steps;

/// <summary>Every other node is told at the same time to forget these, so that nobody tells another of them again.</summary>
public sealed record Forget(ImmutableArray<NamedNode> Nodes) : Step
{
    public override string Describe() => $"{string.Join(", ", Nodes.Select(n => n.Label))} {Are} forgotten";

    public override Topology ApplyTo(Topology before) =>
        Without(before, before.Nodes.RemoveAll(n => Nodes.Any(f => f.Node == n.Id)));

    public override bool IsDone(Topology now) => Nodes.All(f => now.Find(f.Node) is not { Joined: true });

    /// <summary>Who knew none but these that is no member has no stranger in its view any more.</summary>
    private static Topology Without(Topology before, ImmutableArray<Node> left) =>
        before with
        {
            Nodes = left.Any(n => n.Member is null)
                ? left
                : [.. left.Select(n => n.SeesForeign ? n with { SeesForeign = false } : n)],
        };

    private string Are => Nodes.Length == 1 ? "is" : "are";
}
