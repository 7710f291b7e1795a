using System.Collections.Immutable;
using Slotwright.Core.Slots;

namespace Slotwright.Core.Cluster;

/// <summary>What the cluster is: its members and its nodes. All that a plan may depend on.</summary>
/// <param name="Members">By name; every member of the target, with a node in it or without.</param>
/// <param name="Nodes">Every node that a member of the cluster knows, in the order of their ids.</param>
public sealed record Topology(ImmutableSortedDictionary<string, Member> Members, ImmutableArray<Node> Nodes)
{
    public static readonly Topology Empty = new(
        ImmutableSortedDictionary.Create<string, Member>(StringComparer.Ordinal),
        []
    );

    public IEnumerable<Node> Primaries => Nodes.Where(n => n.IsPrimary);

    /// <summary>Primaries that own slots: a majority of them elects.</summary>
    public IEnumerable<Node> Voters => Primaries.Where(n => !n.Slots.IsEmpty);

    public Node? Find(NodeId id) => Nodes.FirstOrDefault(n => n.Id == id);

    /// <summary>The node that runs in a member; null where none is known.</summary>
    public Node? NodeOf(string member) => Nodes.FirstOrDefault(n => n.Member == member);

    public Node? OwnerOf(int slot) => Nodes.FirstOrDefault(n => n.Slots.Contains(slot));

    public string? ZoneOf(Node node) =>
        node.Member is { } name && Members.TryGetValue(name, out var member) ? member.Zone : null;

    public string? MachineOf(Node node) =>
        node.Member is { } name && Members.TryGetValue(name, out var member) ? member.Machine : null;

    /// <summary>
    /// Primaries that own slots, each with its replicas, in the order of their slots. A replica that no member holds
    /// counts for nothing: it is a dead leftover, or a stranger.
    /// </summary>
    public ImmutableArray<Shard> Shards()
    {
        var replicas = Nodes.Where(n => n is { Primary: not null, Member: not null }).ToLookup(n => n.Primary!.Value);
        return
        [
            .. Voters
                .OrderBy(n => n.Slots.Ranges[0].First)
                .Select(n => new Shard(n, [.. replicas[n.Id].OrderBy(OrdinalOf).ThenBy(r => r.Id)])),
        ];
    }

    public SlotSet Covered() => SlotSet.Union(Primaries.Select(n => n.Slots));

    /// <summary>A majority of the voters answers.</summary>
    public bool HasQuorum() => Voters.Any() && Voters.Count(v => v.Reachable) > Voters.Count() / 2;

    public Topology With(Node changed) =>
        this with
        {
            Nodes = [.. Nodes.Select(n => n.Id == changed.Id ? changed : n)],
        };

    private int OrdinalOf(Node node) =>
        node.Member is { } name && Members.TryGetValue(name, out var member) ? member.Ordinal : int.MaxValue;
}
