using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Health;
using Slotwright.Core.Planning.Failover;
using Slotwright.Core.Planning.Seats;

namespace Slotwright.Core.Planning.Waves;

/// <summary>
/// Chooses who takes over from each primary that moves, so that the layout ends no worse than it began with the fewest
/// hand-overs: a primary comes back only where its zone's share needs it. Where no zone may have more primaries than
/// it had, that is a flow of primaries between zones along the shards that move; the cheapest path from a zone that has
/// too many to one that has room is taken until none has too many.
/// </summary>
internal static class PrimaryEnds
{
    public static ImmutableArray<PrimaryEnd> Choose(Topology topology, ImmutableArray<ShardTurn> turns)
    {
        var layout = ZoneLayout.Of(topology);
        var most =
            layout.Zones.Length < 2
                ? int.MaxValue
                : Math.Max(layout.PrimariesInFullestZone, ZoneBounds.Of(topology, layout).PrimariesInFullestZone);
        var moving = turns.Select(t => t.Shard.Primary.Id).ToHashSet();
        var counts = layout.Zones.Append(Seating.NoZone).ToDictionary(z => z, _ => 0, StringComparer.Ordinal);
        foreach (var shard in topology.Shards().Where(s => !moving.Contains(s.Primary.Id)))
        {
            counts[Takers.Zone(topology, shard.Primary)]++;
        }
        var options = turns.Select(t => Options(topology, t)).ToImmutableArray();
        var seats = new SeatOption[turns.Length];
        for (var i = 0; i < seats.Length; i++)
        {
            var turn = turns[i];
            seats[i] = options[i].MinBy(o => (o.Cost, Takers.Beside(turn.Shard, o.Node, topology), counts[o.Zone]))!;
            counts[seats[i].Zone]++;
        }
        Seating.Level(options, seats, counts, _ => most);
        ImmutableArray<PrimaryEnd> chosen = [.. turns.Zip(seats, (turn, seat) => End(topology, turn, seat.Node))];
        return IsNoWorse(topology, chosen) ? chosen : [.. chosen.Select(AtHome)];
    }

    private static bool IsNoWorse(Topology topology, ImmutableArray<PrimaryEnd> ends)
    {
        var after = ends.Where(e => !e.ComesBack).Aggregate(topology, (now, end) => end.HandsOver().ApplyTo(now));
        return LayoutDebt.Of(after).CompareTo(LayoutDebt.Of(topology)) <= 0;
    }

    private static PrimaryEnd AtHome(PrimaryEnd end) => end with { ComesBack = end.Turn.Primary == PrimaryTurn.Moves };

    /// <summary>What one shard can end as; to come back is a hand-over more.</summary>
    private static ImmutableArray<SeatOption> Options(Topology topology, ShardTurn turn)
    {
        var home = Takers.Beside(turn.Shard, turn.Shard.Primary, topology);
        var mayReturn = turn.Primary == PrimaryTurn.Moves;
        var good = turn
            .Targets.Where(t => !mayReturn || Takers.Beside(turn.Shard, t, topology) <= home)
            .Select(t => Seat(t, cost: 0));
        return [.. mayReturn ? good.Append(Seat(turn.Shard.Primary, cost: 1)) : good];

        SeatOption Seat(Node node, int cost) => new(node, Takers.Zone(topology, node), cost);
    }

    private static PrimaryEnd End(Topology topology, ShardTurn turn, Node seat) =>
        seat.Id != turn.Shard.Primary.Id
            ? new PrimaryEnd(turn, seat, ComesBack: false)
            : new PrimaryEnd(turn, turn.Targets.MinBy(t => Takers.Beside(turn.Shard, t, topology))!, ComesBack: true);
}
