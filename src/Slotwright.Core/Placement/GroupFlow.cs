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
    private readonly ImmutableArray<MemberClass> _classes;
    private readonly ImmutableArray<ShardGroup> _groups;
    private readonly ImmutableArray<int>[] _classesOf;
    private readonly int[,] _classFlow;
    private readonly int[,] _zoneFlow;
    private readonly int[,] _floor;
    private readonly int[] _room;
    private readonly int _firstPair;
    private readonly int _firstGroup;
    private readonly SpreadCost[] _distance;
    private readonly int[] _previous;
    private readonly bool[] _queued;
    private readonly Queue<int> _queue = new();

    public GroupFlow(ImmutableArray<MemberClass> classes, ImmutableArray<ShardGroup> groups)
    {
        _classes = classes;
        _groups = groups;
        var zones = classes.Max(c => c.Zone) + 1;
        _classesOf =
        [
            .. Enumerable
                .Range(0, zones)
                .Select(z => Enumerable.Range(0, classes.Length).Where(c => classes[c].Zone == z).ToImmutableArray()),
        ];
        _classFlow = new int[classes.Length, groups.Length];
        _zoneFlow = new int[zones, groups.Length];
        _floor = new int[classes.Length, groups.Length];
        _room = [.. groups.Select(g => g.Room)];
        _firstPair = classes.Length;
        _firstGroup = _firstPair + (zones * groups.Length);
        _distance = new SpreadCost[_firstGroup + groups.Length];
        _previous = new int[_distance.Length];
        _queued = new bool[_distance.Length];
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
    public int Count(int memberClass, int group) => _classFlow[memberClass, group];

    /// <summary>Sends one more member of a class to where it costs least, moving others where that is cheaper.</summary>
    public void Send(int memberClass)
    {
        Search(memberClass);
        var best = -1;
        for (var g = 0; g < _groups.Length; g++)
        {
            if (_room[g] > 0 && Reached(_firstGroup + g) && (best < 0 || _distance[_firstGroup + g] < _distance[best]))
            {
                best = _firstGroup + g;
            }
        }
        _room[best - _firstGroup]--;
        Cost += _distance[best];
        Shift(best, memberClass);
    }

    /// <summary>Puts one member of a class into a group whatever it costs, never to be moved.</summary>
    public void Fix(int memberClass, int group)
    {
        var zone = _classes[memberClass].Zone;
        Cost += ClassStep(memberClass, group, _classFlow[memberClass, group]++);
        Cost += ZoneStep(zone, group, _zoneFlow[zone, group]++);
        _room[group]--;
        _floor[memberClass, group]++;
    }

    /// <summary>
    /// From now on the group keeps at least <paramref name="count"/> of the class. False, and nothing is kept, where
    /// that would cost more; at most one more than it has may be asked for.
    /// </summary>
    public bool TryKeep(int memberClass, int group, int count)
    {
        if (_classFlow[memberClass, group] < count)
        {
            var before = _floor[memberClass, group];
            _floor[memberClass, group] = _classFlow[memberClass, group];
            var pair = PairOf(_classes[memberClass].Zone, group);
            Search(pair);
            if (
                !Reached(memberClass)
                || _distance[memberClass] + ClassStep(memberClass, group, _classFlow[memberClass, group])
                    > default(SpreadCost)
            )
            {
                _floor[memberClass, group] = before;
                return false;
            }
            Shift(memberClass, pair);
            _classFlow[memberClass, group]++;
        }
        _floor[memberClass, group] = count;
        return true;
    }

    private int PairOf(int zone, int group) => _firstPair + (zone * _groups.Length) + group;

    private bool Reached(int node) => _previous[node] >= 0;

    private SpreadCost ClassStep(int memberClass, int group, int from) =>
        _classes[memberClass].OneMachine ? new SpreadCost(0, 0, 0, from / _groups[group].Shards) : default;

    private SpreadCost ZoneStep(int zone, int group, int from)
    {
        var pairs = from / _groups[group].Shards;
        return _groups[group].Home != zone ? new SpreadCost(0, 0, pairs, 0)
            : pairs == 0 ? new SpreadCost(-1, 0, 0, 0)
            : new SpreadCost(0, 1, pairs, 0);
    }

    /// <summary>Bellman-Ford with a queue: steps back have negative costs, cycles never.</summary>
    private void Search(int start)
    {
        Array.Fill(_previous, -1);
        _previous[start] = start;
        _distance[start] = default;
        _queue.Enqueue(start);
        while (_queue.TryDequeue(out var node))
        {
            _queued[node] = false;
            if (node >= _firstGroup)
            {
                FromGroup(node, node - _firstGroup);
            }
            else if (node >= _firstPair)
            {
                var (zone, group) = Math.DivRem(node - _firstPair, _groups.Length);
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
        for (var g = 0; g < _groups.Length; g++)
        {
            Relax(node, PairOf(_classes[node].Zone, g), ClassStep(node, g, _classFlow[node, g]));
        }
    }

    private void FromPair(int node, int zone, int group)
    {
        Relax(node, _firstGroup + group, ZoneStep(zone, group, _zoneFlow[zone, group]));
        foreach (var c in _classesOf[zone])
        {
            if (_classFlow[c, group] > _floor[c, group])
            {
                Relax(node, c, -ClassStep(c, group, _classFlow[c, group] - 1));
            }
        }
    }

    private void FromGroup(int node, int group)
    {
        for (var z = 0; z < _classesOf.Length; z++)
        {
            if (_zoneFlow[z, group] > 0)
            {
                Relax(node, PairOf(z, group), -ZoneStep(z, group, _zoneFlow[z, group] - 1));
            }
        }
    }

    private void Relax(int from, int to, SpreadCost cost)
    {
        var through = _distance[from] + cost;
        if (!Reached(to) || through < _distance[to])
        {
            _distance[to] = through;
            _previous[to] = from;
            if (!_queued[to])
            {
                _queued[to] = true;
                _queue.Enqueue(to);
            }
        }
    }

    private void Shift(int end, int start)
    {
        for (var node = end; node != start; node = _previous[node])
        {
            var from = _previous[node];
            if (from >= _firstGroup || node >= _firstGroup)
            {
                var (zone, group) = Math.DivRem(Math.Min(from, node) - _firstPair, _groups.Length);
                _zoneFlow[zone, group] += node >= _firstGroup ? 1 : -1;
            }
            else
            {
                var group = (Math.Max(from, node) - _firstPair) % _groups.Length;
                _classFlow[Math.Min(from, node), group] += node >= _firstPair ? 1 : -1;
            }
        }
    }
}
