using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Observing;
using Slotwright.Core.Planning.Bootstrap;

namespace Slotwright.Core.Agent;

/// <summary>
/// Whom members that came back empty replicate: each its old shard where that misses a replica, the rest as bootstrap
/// places new members. All of them are placed at once, each by its own agent, from what is nearly the same evidence;
/// where two have taken the same place all the same, the one with the later name moves on.
/// </summary>
internal sealed class Adoption
{
    private readonly FormedSight _cluster;
    private readonly ImmutableArray<PeerRow> _nodes;
    private readonly ImmutableArray<PeerRow> _there;
    private readonly ImmutableArray<PeerRow> _primaries;
    private readonly ILookup<string, PeerRow> _gone;
    private readonly (NodeId Self, string Name) _zone;

    /// <summary>Replicas of each shard, as far as the number of members tells; those beyond it are spare.</summary>
    private readonly int _wanted;

    private Adoption(FormedSight cluster, AgentEvidence evidence)
    {
        var self = evidence.Self;
        _cluster = cluster;
        _zone = (self.Id, evidence.Zone);
        _nodes = [.. cluster.Nodes().Where(n => n.Id != self.Id).Append(self with { Hostname = evidence.Hostname })];
        _there = [.. _nodes.Where(n => n.Id == self.Id || cluster.IsThere(n.Id))];
        _primaries = [.. _nodes.Where(n => !n.Slots.IsEmpty)];
        _gone = _nodes
            .Except(_there)
            .Where(n => n.Hostname.Length > 0)
            .ToLookup(n => n.Hostname, StringComparer.OrdinalIgnoreCase);
        var members = _nodes.Select(Label).Distinct(StringComparer.Ordinal).Count();
        _wanted = Math.Max(1, (members - _primaries.Length) / Math.Max(1, _primaries.Length));
    }

    /// <returns>Null where the member is to stay what it is.</returns>
    public static Place? Choose(FormedSight cluster, AgentEvidence evidence) =>
        new Adoption(cluster, evidence).Place(evidence.Self.Id);

    private Place? Place(NodeId self)
    {
        var row = _nodes.Single(n => n.Id == self);
        if (row.Primary is { } primary && !IsOneTooMany(row, primary))
        {
            return null;
        }
        var open = _there
            .Where(n => IsBack(n) && (n.Id == self || (n.Primary is null && n.Slots.IsEmpty)))
            .OrderBy(n => n.Hostname, StringComparer.Ordinal)
            .ToArray();
        var taken = new Dictionary<NodeId, NodeId>();
        foreach (var node in open)
        {
            if (OldShard(node) is { } old && Replicas(old, open, taken).Count() < _wanted)
            {
                taken[node.Id] = old;
            }
        }
        if (taken.TryGetValue(self, out var found))
        {
            return new Place(found, $"{Name(found)} has lost this member as its replica");
        }
        var chosen = NewReplicas.Choose(
            Topology(open, taken),
            open.Where(n => !taken.ContainsKey(n.Id)).Select(Member),
            _wanted
        );
        return chosen.GetValueOrDefault(row.Hostname) is { } best
            ? new Place(best.Id, $"{Name(best.Id)} misses a replica")
            : null;
    }

    /// <summary>It goes by the name of a node that is gone.</summary>
    private bool IsBack(PeerRow node) => node.Hostname.Length > 0 && _gone.Contains(node.Hostname);

    /// <summary>Of those that came back into a shard that has all it wants, the one with the last name, where another misses one.</summary>
    private bool IsOneTooMany(PeerRow row, NodeId primary)
    {
        var replicas = _there.Where(n => n.Primary == primary).ToArray();
        return replicas.Length > _wanted
            && replicas.Where(IsBack).MaxBy(n => n.Hostname, StringComparer.Ordinal)?.Id == row.Id
            && _primaries.Any(p => _there.Count(n => n.Primary == p.Id) < _wanted);
    }

    /// <summary>The primary now of the shard that it was a replica in before, or the primary of.</summary>
    private NodeId? OldShard(PeerRow node) =>
        _gone[node.Hostname]
            .Select(n => n.Primary)
            .OfType<NodeId>()
            .Select(id => _primaries.Any(p => p.Id == id) ? id : _nodes.FirstOrDefault(n => n.Id == id)?.Primary)
            .FirstOrDefault(id => _primaries.Any(p => p.Id == id));

    private IEnumerable<PeerRow> Replicas(NodeId primary, PeerRow[] open, Dictionary<NodeId, NodeId> taken) =>
        _there.Where(n =>
            taken.TryGetValue(n.Id, out var to) ? to == primary : n.Primary == primary && !open.Contains(n)
        );

    private Topology Topology(PeerRow[] open, Dictionary<NodeId, NodeId> taken) =>
        new(
            _there
                .DistinctBy(Label, StringComparer.Ordinal)
                .Select(Member)
                .ToImmutableSortedDictionary(m => m.Name, m => m, StringComparer.Ordinal),
            [
                .. _there.Select(n =>
                    Node(
                        n,
                        taken.TryGetValue(n.Id, out var to) ? to
                            : open.Contains(n) ? null
                            : n.Primary
                    )
                ),
            ]
        );

    private static Node Node(PeerRow row, NodeId? primary) =>
        new(
            row.Id,
            row.Address ?? default,
            row.Hostname,
            Label(row),
            primary,
            row.Slots,
            primary is null ? LinkState.None : LinkState.Down,
            Offset: 0,
            Keys: 0,
            row.ConfigEpoch,
            Reachable: true,
            Failed: false,
            Joined: true,
            Alone: false,
            SeesForeign: false
        );

    private Member Member(PeerRow row) =>
        new(
            Label(row),
            0,
            Zone(row.Id) is { Length: > 0 } zone ? zone : null,
            null,
            MemberPhase.Running,
            row.Address ?? default,
            row.Hostname,
            "",
            ""
        );

    private string Zone(NodeId id) => id == _zone.Self ? _zone.Name : _cluster.Zone(id);

    private static string Label(PeerRow row) => row.Hostname.Length > 0 ? row.Hostname : row.Id.Value;

    private string Name(NodeId id) => Label(_nodes.Single(n => n.Id == id)).Split('.')[0];
}
