using System.Collections.Immutable;
using Slotwright.Core.Cluster;

namespace Slotwright.Core.Tests.Support;

internal static class TopologyExtensions
{
    /// <summary>The topology with one node changed.</summary>
    public static Topology Change(this Topology topology, string member, Func<Node, Node> change) =>
        topology.With(change(topology.NodeOf(member)!));

    /// <summary>The topology with one member in another zone, or in none that is known.</summary>
    public static Topology Move(this Topology topology, string member, string? zone) =>
        topology with
        {
            Members = topology.Members.SetItem(member, topology.Members[member] with { Zone = zone }),
        };

    /// <summary>The topology without what a node was or is.</summary>
    public static Topology Without(this Topology topology, string member) =>
        topology with
        {
            Nodes = [.. topology.Nodes.Where(n => n.Member != member)],
        };

    /// <summary>All that a plan can change, as text that can be compared.</summary>
    public static string Text(this Topology topology) =>
        string.Join('\n', topology.Nodes)
        + string.Concat(topology.Members.Values.Select(m => $"\n{m.Name} {m.Revision} {m.DesiredRevision}"));

    public static ImmutableArray<string> Codes(this IEnumerable<Core.Health.Finding> findings) =>
        [.. findings.Select(f => f.Code)];
}
