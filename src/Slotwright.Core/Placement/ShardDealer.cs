using System.Collections.Immutable;

namespace Slotwright.Core.Placement;

/// <summary>Deals the members of each group to its shards, so that zones and machines are spread evenly over them.</summary>
internal static class ShardDealer
{
    public static ImmutableArray<ShardPlacement> Deal(Census census, PrimaryChoice choice, int replicas)
    {
        var waiting = Waiting(census, choice);
        var shards = new List<List<int>>();
        for (var home = 0; home < census.Zones.Length; home++)
        {
            if (choice.GroupOf[home] >= 0)
            {
                shards.AddRange(DealGroup(census, choice, home, waiting, replicas));
            }
        }
        return
        [
            .. shards
                .OrderBy(s => s[0])
                .Select(s => new ShardPlacement(
                    census.Members[s[0]],
                    [.. s.Skip(1).Order().Select(m => census.Members[m])]
                )),
        ];
    }

    /// <summary>By class, those that are to be replicas, lowest ordinals first.</summary>
    private static ImmutableArray<Queue<int>> Waiting(Census census, PrimaryChoice choice)
    {
        var primaries = choice.Primaries.ToHashSet();
        return [.. census.Classes.Select(c => new Queue<int>(c.Members.Where(m => !primaries.Contains(m))))];
    }

    private static List<List<int>> DealGroup(
        Census census,
        PrimaryChoice choice,
        int home,
        ImmutableArray<Queue<int>> waiting,
        int replicas
    )
    {
        var group = choice.GroupOf[home];
        List<List<int>> shards =
        [
            .. choice.Primaries.Where(p => census.ZoneOf[p] == home).Select(p => new List<int> { p }),
        ];
        var chosen = shards.CountBy(s => census.ClassOf[s[0]]).ToDictionary();
        var beside = new List<int>();
        var away = new List<int>();
        for (var c = 0; c < census.Classes.Length; c++)
        {
            var list = census.Classes[c].Zone == home ? beside : away;
            for (var n = choice.Flow.Count(c, group) - chosen.GetValueOrDefault(c); n > 0; n--)
            {
                list.Add(waiting[c].Dequeue());
            }
        }
        DealBeside(census, shards, beside, replicas);
        DealAway(shards, [.. away.OrderBy(m => census.ZoneOf[m]).ThenBy(m => census.ClassOf[m])]);
        return shards;
    }

    /// <summary>
    /// Replicas in the zone of their primary, one shard like the other, and apart from the machines of the primaries:
    /// these stand already, so that dealing in turn would not do.
    /// </summary>
    private static void DealBeside(Census census, List<List<int>> shards, List<int> beside, int replicas)
    {
        if (beside.Count == 0)
        {
            return;
        }
        var classes = shards.Select(s => s[0]).Concat(beside).Select(m => census.ClassOf[m]).Distinct().ToList();
        var flow = new GroupFlow(
            [.. classes.Select(c => census.Classes[c] with { Zone = 0 })],
            [.. shards.Select(_ => new ShardGroup(-1, 1, replicas + 1))]
        );
        for (var s = 0; s < shards.Count; s++)
        {
            flow.Fix(classes.IndexOf(census.ClassOf[shards[s][0]]), s);
        }
        foreach (var member in beside)
        {
            flow.Send(classes.IndexOf(census.ClassOf[member]));
        }
        foreach (var member in beside)
        {
            var c = classes.IndexOf(census.ClassOf[member]);
            shards
                .Select((shard, s) => (shard, s))
                .First(x => x.shard.Count(m => census.ClassOf[m] == census.ClassOf[member]) < flow.Count(c, x.s))
                .shard.Add(member);
        }
    }

    /// <summary>In turn, beginning with the shards that have fewer nodes: each zone and machine is a run of turns.</summary>
    private static void DealAway(List<List<int>> shards, List<int> away)
    {
        List<List<int>> order = [.. shards.OrderByDescending(s => s.Count)];
        var turn = order.Count(s => s.Count == order[0].Count) % order.Count;
        foreach (var member in away)
        {
            order[turn].Add(member);
            turn = (turn + 1) % order.Count;
        }
    }
}
