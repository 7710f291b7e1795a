using System.Collections.Immutable;
using Slotwright.Core.Cluster;

namespace Slotwright.Core.Planning.Bootstrap;

/// <summary>
/// Whom empty members of a standing cluster are to replicate: shards without any replica come first, then zones, by
/// the same criteria and in the same order as in placement. Each takes the best place that is open; then any two change
/// places, and any goes to another place, as long as that is better for all together.
/// </summary>
internal sealed class NewReplicas
{
    private const long Bare = 10_000_000_000_000;
    private const long Whole = 1_000_000_000;
    private const long Beside = 100_000;

    private readonly int _wanted;
    private readonly ImmutableArray<Node> _primaries;
    private readonly string?[] _primaryZones;

    /// <summary>Of each shard's replicas; the last are those of members that no shard needs.</summary>
    private readonly List<string?>[] _zones;
    private readonly List<(Member Member, int Shard)> _chosen = [];

    private NewReplicas(Topology topology, int wanted)
    {
        var shards = topology.Shards();
        _wanted = wanted;
        _primaries = [.. shards.Select(s => s.Primary)];
        _primaryZones = [.. shards.Select(s => topology.ZoneOf(s.Primary))];
        _zones = [.. shards.Select(s => s.Replicas.Select(topology.ZoneOf).ToList()), []];
    }

    /// <param name="empty">Members that are primaries without slots and keys, in their order.</param>
    /// <param name="wanted">Replicas that each shard should have.</param>
    /// <returns>Primaries by the names of members; those that no shard needs are missing.</returns>
    public static ImmutableDictionary<string, Node> Choose(Topology topology, IEnumerable<Member> empty, int wanted)
    {
        var choice = new NewReplicas(topology, wanted);
        foreach (var member in empty)
        {
            choice.Take(member);
        }
        while (choice.Improve()) { }
        return choice
            ._chosen.Where(c => c.Shard < choice._primaries.Length)
            .ToImmutableDictionary(c => c.Member.Name, c => choice._primaries[c.Shard], StringComparer.Ordinal);
    }

    private void Take(Member member)
    {
        var open = Enumerable.Range(0, _primaries.Length).Where(s => _zones[s].Count < _wanted).ToArray();
        var best =
            open.Length > 0
                ? open.MinBy(s => CostOf(_primaryZones[s], [.. _zones[s], member.Zone]) - CostOf(s))
                : _primaries.Length;
        _zones[best].Add(member.Zone);
        _chosen.Add((member, best));
    }

    private bool Improve()
    {
        for (var i = 0; i < _chosen.Count; i++)
        {
            for (var shard = 0; shard < _primaries.Length; shard++)
            {
                if (shard != _chosen[i].Shard && _zones[shard].Count < _wanted && Move(i, shard))
                {
                    return true;
                }
            }
            for (var j = i + 1; j < _chosen.Count; j++)
            {
                if (_chosen[i].Shard != _chosen[j].Shard && Swap(i, j))
                {
                    return true;
                }
            }
        }
        return false;
    }

    private bool Move(int i, int to)
    {
        var from = _chosen[i].Shard;
        var before = CostOf(from) + CostOf(to);
        Put(i, to);
        if (CostOf(from) + CostOf(to) < before)
        {
            return true;
        }
        Put(i, from);
        return false;
    }

    private bool Swap(int i, int j)
    {
        var (one, other) = (_chosen[i].Shard, _chosen[j].Shard);
        var before = CostOf(one) + CostOf(other);
        Put(i, other);
        Put(j, one);
        if (CostOf(one) + CostOf(other) < before)
        {
            return true;
        }
        Put(i, one);
        Put(j, other);
        return false;
    }

    private void Put(int i, int to)
    {
        var (member, from) = _chosen[i];
        _zones[from].Remove(member.Zone);
        _zones[to].Add(member.Zone);
        _chosen[i] = (member, to);
    }

    private long CostOf(int shard) => shard < _primaries.Length ? CostOf(_primaryZones[shard], _zones[shard]) : 0;

    /// <summary>A zone that is not known is like no other.</summary>
    private static long CostOf(string? primary, List<string?> replicas)
    {
        if (replicas.Count == 0)
        {
            return Bare + (primary is null ? 0 : Whole);
        }
        var beside = primary is null ? 0 : replicas.Count(z => z == primary);
        var pairs = replicas
            .Append(primary)
            .OfType<string>()
            .GroupBy(z => z, StringComparer.Ordinal)
            .Sum(g => g.Count() * (g.Count() - 1) / 2);
        return (beside == replicas.Count && primary is not null ? Whole : 0) + (beside * Beside) + pairs;
    }
}
