using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Planning.Failover;
using Slotwright.Core.Planning.Seats;
using Slotwright.Core.Slots;

namespace Slotwright.Core.Planning.Scale;

/// <summary>
/// Which shards stay where there are to be fewer, and who is the primary of each. Those go first that have nobody who
/// stays, then those that have given slots away already, since an attempt that was cut off is gone on with.
/// </summary>
/// <param name="Stay">With the node that is to be its primary.</param>
/// <param name="Stuck">Shards that can't stay and of which one more goes than are to go.</param>
internal sealed record ShardsThatStay(ImmutableArray<(Shard Shard, Node Primary)> Stay, ImmutableArray<Shard> Stuck)
{
    /// <summary>Shares of slots that differ by less are the same.</summary>
    private const int Coarse = 20;

    /// <param name="members">Those with lower ordinals stay.</param>
    public static ShardsThatStay Choose(Topology topology, int shards, int members)
    {
        var all = topology.Shards();
        if (all.Length <= shards && topology.Members.Count <= members)
        {
            return new ShardsThatStay([.. all.Select(s => (s, s.Primary))], []);
        }
        var options = all.ToDictionary(s => s, s => Options(s, topology, members));
        var left = all.ToList();
        for (var n = all.Length - shards; n > 0; n--)
        {
            var counts = left.CountBy(s => Takers.Zone(topology, s.Primary)).ToDictionary(StringComparer.Ordinal);
            left.Remove(
                left.OrderBy(s => options[s].Length > 0)
                    .ThenBy(s => s.Slots.Count * Coarse * all.Length / HashSlot.Count)
                    .ThenBy(s => options[s].Contains(s.Primary))
                    .ThenBy(s => options[s].Length)
                    .ThenByDescending(s => counts[Takers.Zone(topology, s.Primary)])
                    .ThenByDescending(s => Ordinal(topology, s.Primary))
                    .First()
            );
        }
        var stuck = left.Where(s => options[s].IsEmpty).ToImmutableArray();
        return stuck.IsEmpty
            ? new ShardsThatStay(Seated([.. left], options, topology, members), [])
            : new ShardsThatStay([], stuck);
    }

    private static ImmutableArray<(Shard, Node)> Seated(
        ImmutableArray<Shard> shards,
        Dictionary<Shard, ImmutableArray<Node>> options,
        Topology topology,
        int members
    )
    {
        var zones = topology
            .Members.Values.Where(m => m.Ordinal < members)
            .Select(m => m.Zone)
            .OfType<string>()
            .Distinct(StringComparer.Ordinal)
            .Count();
        ImmutableArray<ImmutableArray<SeatOption>> seats =
        [
            .. shards.Select(s =>
                options[s]
                    .Select(n => new SeatOption(n, Takers.Zone(topology, n), n.Id == s.Primary.Id ? 0 : 1))
                    .ToImmutableArray()
            ),
        ];
        var limit = zones == 0 ? shards.Length : (shards.Length + zones - 1) / zones;
        var chosen = Seating.Find(seats, _ => limit) ?? [.. seats.Select(s => s.MinBy(o => o.Cost)!)];
        return [.. shards.Zip(chosen, (s, o) => (s, o.Node))];
    }

    /// <summary>Who of a shard can be its primary then.</summary>
    private static ImmutableArray<Node> Options(Shard shard, Topology topology, int members) =>
        [
            .. Takers
                .Of(shard, topology)
                .Prepend(shard.Primary)
                .Where(n => n.Member is not null && Ordinal(topology, n) < members),
        ];

    private static int Ordinal(Topology topology, Node node) =>
        node.Member is { } name && topology.Members.TryGetValue(name, out var member) ? member.Ordinal : int.MaxValue;
}
