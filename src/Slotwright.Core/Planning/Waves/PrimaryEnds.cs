using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Health;

namespace Slotwright.Core.Planning.Waves;

/// <summary>
/// Chooses who takes over from each primary that moves, so that the layout ends no worse than it began with the fewest
/// hand-overs: a primary comes back only where its zone's share needs it. Where no zone may have more primaries than
/// it had, that is a flow of primaries between zones along the shards that move; the cheapest path from a zone that has
/// too many to one that has room is taken until none has too many.
/// </summary>
internal static class PrimaryEnds
{
    private const string NoZone = "";

    public static ImmutableArray<PrimaryEnd> Choose(Topology topology, ImmutableArray<ShardTurn> turns)
    {
        var layout = ZoneLayout.Of(topology);
        var most =
            layout.Zones.Length < 2
                ? int.MaxValue
                : Math.Max(layout.PrimariesInFullestZone, ZoneBounds.Of(topology, layout).PrimariesInFullestZone);
        var moving = turns.Select(t => t.Shard.Primary.Id).ToHashSet();
        var counts = layout.Zones.Append(NoZone).ToDictionary(z => z, _ => 0, StringComparer.Ordinal);
        foreach (var shard in topology.Shards().Where(s => !moving.Contains(s.Primary.Id)))
        {
            counts[Zone(topology, shard.Primary)]++;
        }
        var choices = turns.Select(t => new Choice(topology, t)).ToArray();
        foreach (var choice in choices)
        {
            choice.Begin(counts);
        }
        while (Path(choices, counts, most) is { } path)
        {
            foreach (var (choice, option) in path)
            {
                counts[choice.ZoneNow]--;
                choice.Now = option;
                counts[choice.ZoneNow]++;
            }
        }
        var chosen = choices.Select(c => c.End).ToImmutableArray();
        return IsNoWorse(topology, chosen) ? chosen : [.. chosen.Select(AtHome)];
    }

    private static bool IsNoWorse(Topology topology, ImmutableArray<PrimaryEnd> ends)
    {
        var after = ends.Where(e => !e.ComesBack).Aggregate(topology, (now, end) => end.HandsOver().ApplyTo(now));
        return LayoutDebt.Of(after).CompareTo(LayoutDebt.Of(topology)) <= 0;
    }

    private static PrimaryEnd AtHome(PrimaryEnd end) => end with { ComesBack = end.Turn.Primary == PrimaryTurn.Moves };

    /// <summary>Bellman and Ford: from all zones that have too many at once, along what each shard could have instead.</summary>
    /// <returns>Null where none has too many, or none of them can be helped.</returns>
    private static List<(Choice Choice, Node Option)>? Path(Choice[] choices, Dictionary<string, int> counts, int most)
    {
        var costs = counts
            .Where(c => c.Key != NoZone && c.Value > most)
            .ToDictionary(c => c.Key, _ => 0, StringComparer.Ordinal);
        var steps = new Dictionary<string, (Choice Choice, Node Option, string From)>(StringComparer.Ordinal);
        for (var changed = costs.Count > 0; changed; )
        {
            changed = false;
            foreach (var choice in choices)
            {
                var from = choice.ZoneNow;
                if (!costs.TryGetValue(from, out var sum))
                {
                    continue;
                }
                foreach (var option in choice.Options)
                {
                    var (zone, cost) = (choice.ZoneOf(option), sum + choice.CostOf(option) - choice.CostOf(choice.Now));
                    if (zone != from && (!costs.TryGetValue(zone, out var known) || cost < known))
                    {
                        costs[zone] = cost;
                        steps[zone] = (choice, option, from);
                        changed = true;
                    }
                }
            }
        }
        var end = costs
            .Where(c => counts[c.Key] < most || c.Key == NoZone)
            .OrderBy(c => c.Value)
            .ThenBy(c => c.Key, StringComparer.Ordinal)
            .Select(c => c.Key)
            .FirstOrDefault();
        if (end is null)
        {
            return null;
        }
        var path = new List<(Choice, Node)>();
        for (var zone = end; steps.TryGetValue(zone, out var step) && path.Count <= steps.Count; zone = step.From)
        {
            path.Add((step.Choice, step.Option));
        }
        return path;
    }

    private static string Zone(Topology topology, Node node) => topology.ZoneOf(node) ?? NoZone;

    /// <summary>What one shard can end as.</summary>
    private sealed class Choice
    {
        private readonly Topology _topology;
        private readonly ShardTurn _turn;

        public Choice(Topology topology, ShardTurn turn)
        {
            (_topology, _turn) = (topology, turn);
            var home = Beside(turn.Shard.Primary);
            var mayReturn = turn.Primary == PrimaryTurn.Moves;
            var good = turn.Targets.RemoveAll(t => mayReturn && Beside(t) > home);
            Options = mayReturn ? good.Add(turn.Shard.Primary) : good;
            Now = Options[0];
        }

        public ImmutableArray<Node> Options { get; }

        public Node Now { get; set; }

        public string ZoneNow => ZoneOf(Now);

        public PrimaryEnd End =>
            Now.Id != _turn.Shard.Primary.Id
                ? new PrimaryEnd(_turn, Now, ComesBack: false)
                : new PrimaryEnd(_turn, _turn.Targets.MinBy(Beside)!, ComesBack: true);

        public string ZoneOf(Node node) => Zone(_topology, node);

        /// <summary>A hand-over more.</summary>
        public int CostOf(Node option) => option.Id == _turn.Shard.Primary.Id ? 1 : 0;

        public void Begin(Dictionary<string, int> counts)
        {
            Now = Options.MinBy(o => (CostOf(o), Beside(o), counts[ZoneOf(o)]))!;
            counts[ZoneNow]++;
        }

        /// <summary>Nodes of the shard that would be in the zone of this one, were it the primary.</summary>
        private int Beside(Node node) =>
            _turn.Shard.Nodes.Count(n =>
                n.Id != node.Id && string.Equals(ZoneOf(n), ZoneOf(node), StringComparison.Ordinal)
            );
    }
}
