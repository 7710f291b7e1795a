using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Planning.Bootstrap;
using Slotwright.Core.Planning.SlotMoves;

namespace Slotwright.Core.Planning.Scale;

/// <summary>What a cluster becomes with these primaries: which slots go where, and whom the others replicate.</summary>
/// <param name="Homes">Of members that are to replicate another primary than they do, by their names.</param>
/// <param name="Topology">At the end.</param>
internal sealed record Outcome(
    ImmutableArray<SlotMove> Moves,
    ImmutableDictionary<string, Node> Homes,
    Topology Topology
)
{
    /// <param name="members">Those with lower ordinals stay.</param>
    public static Outcome Of(Topology topology, ImmutableArray<Node> primaries, int replicas, int members)
    {
        Node[] owners = [.. topology.Voters.UnionBy(primaries, n => n.Id)];
        var weights = owners.Select(o => primaries.Any(p => p.Id == o.Id) ? 1.0 : 0.0);
        var quotas = SlotQuotas.Of([.. owners.Select(o => o.Slots.Count)], [.. weights]);
        var moves = SlotFlow.Of([.. owners.Zip(quotas, (o, q) => (o.Id, o.Slots, q))]);
        var moved = Staying(Moved(topology, moves), members);
        var free = Free(moved, primaries, replicas);
        var bare = moved with
        {
            Nodes =
            [
                .. moved.Nodes.Select(n => free.Contains(n.Id) ? n with { Primary = null, Link = LinkState.None } : n),
            ],
        };
        var chosen = NewReplicas.Choose(
            bare,
            bare.Members.Values.OrderBy(m => m.Ordinal).Where(m => bare.NodeOf(m.Name) is { } n && free.Contains(n.Id)),
            replicas
        );
        var homes = chosen.Where(c => moved.NodeOf(c.Key)!.Primary != c.Value.Id).ToImmutableDictionary();
        return new Outcome(
            moves,
            homes,
            bare with
            {
                Nodes =
                [
                    .. bare.Nodes.Select(n =>
                        n.Member is { } name && chosen.TryGetValue(name, out var home)
                            ? n with
                            {
                                Primary = home.Id,
                                Link = LinkState.InSync,
                            }
                            : n
                    ),
                ],
            }
        );
    }

    private static Topology Moved(Topology topology, ImmutableArray<SlotMove> moves) =>
        SlotMoveStages
            .Of(moves, topology, "", _ => "")
            .SelectMany(s => s.Steps)
            .Aggregate(topology, (t, step) => step.ApplyTo(t));

    private static Topology Staying(Topology topology, int members)
    {
        var gone = topology
            .Members.Values.Where(m => m.Ordinal >= members)
            .Select(m => m.Name)
            .ToHashSet(StringComparer.Ordinal);
        return new Topology(
            topology.Members.RemoveRange(gone),
            topology.Nodes.RemoveAll(n => n.Member is { } member && gone.Contains(member))
        );
    }

    /// <summary>Who is no primary to be, and replicates none of them, or one of them that has enough.</summary>
    private static HashSet<NodeId> Free(Topology topology, ImmutableArray<Node> primaries, int replicas)
    {
        var stay = primaries.Select(p => p.Id).ToHashSet();
        var free = topology
            .Nodes.Where(n => n is { Member: not null, Reachable: true } && !stay.Contains(n.Id))
            .Where(n => n.Primary is not { } primary || !stay.Contains(primary))
            .Select(n => n.Id)
            .ToHashSet();
        foreach (var shard in topology.Shards().Where(s => s.Replicas.Length > replicas))
        {
            free.UnionWith(
                shard
                    .Replicas.OrderBy(r => topology.ZoneOf(r) == topology.ZoneOf(shard.Primary))
                    .ThenBy(r => topology.Members[r.Member!].Ordinal)
                    .Skip(replicas)
                    .Select(r => r.Id)
            );
        }
        return free;
    }
}
