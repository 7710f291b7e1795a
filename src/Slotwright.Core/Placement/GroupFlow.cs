using System.Collections.Immutable;

namespace Slotwright.Core.Placement;

/// <summary>
/// Sends members to groups of shards at the least cost: a min-cost flow from classes of members over their zone to
/// groups.
/// </summary>
/// <remarks>
/// Within a group, <c>n</c> nodes of one zone or machine make the fewest pairs when they are spread evenly over its
/// shards, and dealing the nodes in the order of zone and machine spreads all zones and machines evenly at once. So
/// the number of nodes per class and group is all that the cost depends on; the next node costs
/// <c>n / shards</c> pairs, which never falls. With such costs, shortest augmenting paths give the cheapest flow.
/// </remarks>
internal sealed class GroupFlow
{
    private readonly ImmutableArray<MemberClass> classes;
    private readonly ImmutableArray<ShardGroup> groups;
    private readonly ImmutableArray<int>[] classesOf;
    private readonly int[,] classFlow;
    private readonly int[,] zoneFlow;
    private readonly int[,] floor;
    private readonly int[] room;
    private readonly int firstPair;
    private readonly int firstGroup;
    private readonly SpreadCost[] distance;
    private readonly int[] previous;
    private readonly bool[] queued;
    private readonly Queue<int> queue = new();

    public GroupFlow(ImmutableArray<MemberClass> classes, ImmutableArray<ShardGroup> groups)
    {
        this.classes = classes;
        this.groups = groups;
        var zones = classes.Max(c => c.Zone) + 1;
        classesOf =
        [
            .. Enumerable
                .Range(0, zones)
                .Select(z => Enumerable.Range(0, classes.Length).Where(c => classes[c].Zone == z).ToImmutableArray()),
        ];
        classFlow = new int[classes.Length, groups.Length];
        zoneFlow = new int[zones, groups.Length];
        floor = new int[classes.Length, groups.Length];
        room = [.. groups.Select(g => g.Room)];
        firstPair = classes.Length;
        firstGroup = firstPair + (zones * groups.Length);
        distance = new SpreadCost[firstGroup + groups.Length];
        previous = new int[distance.Length];
        queued = new bool[distance.Length];
    }

    /// <summary>All members of all classes sent.</summary>
    public static GroupFlow Cheapest(ImmutableArray<MemberClass> classes, ImmutableArray<ShardGroup> groups)
    {
        var flow = new GroupFlow(classes, groups);
        for (var c = 0; c < classes.Length; c++)
        {
            foreach (var _ in classes[c].Members)
            {
                flow.Send(c);
            }
        }
        return flow;
    }

    /// <summary>Cost of all that has been sent.</summary>
    public SpreadCost Cost { get; private set; }

    /// <summary>Nodes of a class in a group.</summary>
    public int Count(int memberClass, int group) => classFlow[memberClass, group];

    /// <summary>Sends one more member of a class to where it costs least, moving others where that is cheaper.</summary>
    public void Send(int memberClass)
    {
        Search(memberClass);
        var best = -1;
        for (var g = 0; g < groups.Length; g++)
        {
            if (room[g] > 0 && Reached(firstGroup + g) && (best < 0 || distance[firstGroup + g] < distance[best]))
            {
                best = firstGroup + g;
            }
        }
        room[best - firstGroup]--;
        Cost += distance[best];
        Shift(best, memberClass);
    }

    /// <summary>Puts one member of a class into a group whatever it costs, never to be moved.</summary>
    public void Fix(int memberClass, int group)
    {
        var zone = classes[memberClass].Zone;
        Cost += ClassStep(memberClass, group, classFlow[memberClass, group]++);
        Cost += ZoneStep(zone, group, zoneFlow[zone, group]++);
        room[group]--;
        floor[memberClass, group]++;
    }

    /// <summary>
    /// From now on the group keeps at least <paramref name="count"/> of the class. False, and nothing is kept, where
    /// that would cost more; at most one more than it has may be asked for.
    /// </summary>
    public bool TryKeep(int memberClass, int group, int count)
    {
        if (classFlow[memberClass, group] < count)
        {
            var before = floor[memberClass, group];
            floor[memberClass, group] = classFlow[memberClass, group];
            var pair = PairOf(classes[memberClass].Zone, group);
            Search(pair);
            if (
                !Reached(memberClass)
                || distance[memberClass] + ClassStep(memberClass, group, classFlow[memberClass, group])
                    > default(SpreadCost)
            )
            {
                floor[memberClass, group] = before;
                return false;
            }
            Shift(memberClass, pair);
            classFlow[memberClass, group]++;
        }
        floor[memberClass, group] = count;
        return true;
    }

    private int PairOf(int zone, int group) => firstPair + (zone * groups.Length) + group;

    private bool Reached(int node) => previous[node] >= 0;

    private SpreadCost ClassStep(int memberClass, int group, int from) =>
        classes[memberClass].OneMachine ? new SpreadCost(0, 0, 0, from / groups[group].Shards) : default;

    private SpreadCost ZoneStep(int zone, int group, int from)
    {
        var pairs = from / groups[group].Shards;
        return groups[group].Home != zone ? new SpreadCost(0, 0, pairs, 0)
            : pairs == 0 ? new SpreadCost(-1, 0, 0, 0)
            : new SpreadCost(0, 1, pairs, 0);
    }

    /// <summary>Bellman-Ford with a queue: steps back have negative costs, cycles never.</summary>
    private void Search(int start)
    {
        Array.Fill(previous, -1);
        previous[start] = start;
        distance[start] = default;
        queue.Enqueue(start);
        while (queue.TryDequeue(out var node))
        {
            queued[node] = false;
            if (node >= firstGroup)
            {
                FromGroup(node, node - firstGroup);
            }
            else if (node >= firstPair)
            {
                var (zone, group) = Math.DivRem(node - firstPair, groups.Length);
                FromPair(node, zone, group);
            }
            else
            {
                FromClass(node);
            }
        }
    }

    private void FromClass(int node)
    {
        for (var g = 0; g < groups.Length; g++)
        {
            Relax(node, PairOf(classes[node].Zone, g), ClassStep(node, g, classFlow[node, g]));
        }
    }

    private void FromPair(int node, int zone, int group)
    {
        Relax(node, firstGroup + group, ZoneStep(zone, group, zoneFlow[zone, group]));
        foreach (var c in classesOf[zone])
        {
            if (classFlow[c, group] > floor[c, group])
            {
                Relax(node, c, -ClassStep(c, group, classFlow[c, group] - 1));
            }
        }
    }

    private void FromGroup(int node, int group)
    {
        for (var z = 0; z < classesOf.Length; z++)
        {
            if (zoneFlow[z, group] > 0)
            {
                Relax(node, PairOf(z, group), -ZoneStep(z, group, zoneFlow[z, group] - 1));
            }
        }
    }

    private void Relax(int from, int to, SpreadCost cost)
    {
        var through = distance[from] + cost;
        if (!Reached(to) || through < distance[to])
        {
            distance[to] = through;
            previous[to] = from;
            if (!queued[to])
            {
                queued[to] = true;
                queue.Enqueue(to);
            }
        }
    }

    private void Shift(int end, int start)
    {
        for (var node = end; node != start; node = previous[node])
        {
            var from = previous[node];
            if (from >= firstGroup || node >= firstGroup)
            {
                var (zone, group) = Math.DivRem(Math.Min(from, node) - firstPair, groups.Length);
                zoneFlow[zone, group] += node >= firstGroup ? 1 : -1;
            }
            else
            {
                var group = (Math.Max(from, node) - firstPair) % groups.Length;
                classFlow[Math.Min(from, node), group] += node >= firstPair ? 1 : -1;
            }
        }
    }
}
