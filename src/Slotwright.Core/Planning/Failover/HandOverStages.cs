using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Core.Planning.Steps;

namespace Slotwright.Core.Planning.Failover;

/// <summary>Hand-overs a few at a time, in an order in which no zone gets fuller on the way than it has to.</summary>
internal static class HandOverStages
{
    /// <summary>So many shards have a primary that has just begun, at most.</summary>
    private const int MostAtATime = 4;

    /// <exception cref="RefusedException">There are some, and no majority that would elect anybody.</exception>
    public static ImmutableArray<Stage> Of(string operation, IEnumerable<HandOver> handOvers, Topology topology)
    {
        var counts = topology
            .Shards()
            .CountBy(s => Takers.Zone(topology, s.Primary))
            .ToDictionary(StringComparer.Ordinal);
        var left = handOvers.ToList();
        var ordered = new List<HandOver>();
        if (left.Count > 0)
        {
            Takers.DemandMajority(operation, topology);
        }
        while (left.Count > 0)
        {
            var next = left.MinBy(h => counts.GetValueOrDefault(ZoneOf(h.Node)))!;
            counts[ZoneOf(next.From)]--;
            counts[ZoneOf(next.Node)] = counts.GetValueOrDefault(ZoneOf(next.Node)) + 1;
            left.Remove(next);
            ordered.Add(next);
        }
        return
        [
            .. ordered
                .Chunk(MostAtATime)
                .Select(c => new Stage(
                    c.Length == 1 ? $"Hand {c[0].FromMember}'s shard over" : $"Hand {c.Length} shards over",
                    [.. c]
                )),
        ];

        string ZoneOf(NodeId id) => Takers.Zone(topology, topology.Find(id)!);
    }

    public static HandOver Planned(Node taker, Node primary, string reason) =>
        new(taker.Member!, taker.Id, primary.Label, primary.Id, HandOverKind.Planned) { Reason = reason };
}
