using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Observing;

namespace Slotwright.Core.Planning.Repair;

/// <summary>
/// Dead nodes that are still remembered: no member holds them, they own nothing, and most say that they have failed or
/// have no address for them. One that a slot is on its way to stays: forgotten, its slot would be closed by the servers
/// themselves, whatever keys it has.
/// </summary>
internal sealed class Leftovers
{
    private readonly Topology _topology;
    private readonly ImmutableHashSet<NodeId> _dead;

    private Leftovers(Topology topology, ImmutableHashSet<NodeId> dead)
    {
        _topology = topology;
        _dead = dead;
    }

    public static Leftovers Of(Observation seen)
    {
        var peers = OpenEnd.Of(seen).Select(e => e.Peer).ToHashSet();
        return new Leftovers(
            seen.Topology,
            [
                .. seen
                    .Topology.Nodes.Where(n => n is { Member: null, Reachable: false, Slots.IsEmpty: true })
                    .Where(n => (n.Failed || IsWithoutAddress(n, seen)) && !peers.Contains(n.Id))
                    .Select(n => n.Id),
            ]
        );
    }

    public bool Has(NodeId id) => _dead.Contains(id);

    /// <summary>
    /// Replicas that answer, of a primary that is such a leftover or that nobody knows. A member that is down and lost its
    /// slots to another is no leftover: its replicas follow the other by themselves.
    /// </summary>
    public IEnumerable<Node> Orphans() =>
        _topology.Nodes.Where(n =>
            n is { Reachable: true, Joined: true, IsHeldBack: false, Primary: { } primary, Member: { } member }
            && _topology.Members.ContainsKey(member)
            && (_dead.Contains(primary) || _topology.Find(primary) is null)
        );

    private static bool IsWithoutAddress(Node node, Observation seen)
    {
        PeerRow[] rows =
        [
            .. seen
                .Views.Select(v => v.Report)
                .OfType<NodeReport>()
                .SelectMany(r => r.Known)
                .Where(p => p.Id == node.Id),
        ];
        return rows.Length > 0 && rows.All(p => p.Flags.HasFlag(PeerFlags.NoAddress));
    }
}
