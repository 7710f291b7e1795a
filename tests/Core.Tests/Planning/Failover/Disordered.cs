using Slotwright.Core.Cluster;
using Slotwright.Core.Slots;
using Slotwright.Core.Tests.Support;

namespace Slotwright.Core.Tests.Planning.Failover;

/// <summary>Clusters as they are after bad days: any node primary, in any zone, links up or not, some nodes silent.</summary>
internal static class Disordered
{
    public static Topology Of(int seed, bool isHealthy = false)
    {
        var random = new Random(seed);
        var (zones, shards, replicas) = (random.Next(1, 5), random.Next(1, 6), random.Next(0, 3));
        var count = shards * (replicas + 1);
        var fresh = Members.Fresh(count, i => random.Next(20) == 0 ? null : $"az-{(char)('a' + random.Next(zones))}");
        var nodes = Enumerable.Range(0, count).ToArray();
        random.Shuffle(nodes);
        var slots = SlotSet.Split(shards);
        for (var shard = 0; shard < shards; shard++)
        {
            var group = nodes.AsSpan(shard * (replicas + 1), replicas + 1).ToArray();
            var owned = slots[shard];
            foreach (var (node, place) in group.Select((n, p) => (n, p)))
            {
                fresh = fresh.Change(
                    Members.Name(node),
                    n =>
                        n with
                        {
                            Primary = place == 0 ? null : Members.Id(group[0]),
                            Slots = place == 0 ? owned : SlotSet.Empty,
                            Link = place == 0 ? LinkState.None : Link(random, isHealthy),
                            Offset = random.Next(3) == 0 ? 0 : random.Next(1, 100),
                            Reachable = isHealthy || random.Next(10) > 0,
                            Joined = true,
                            Alone = false,
                            Apart = false,
                        }
                );
            }
        }
        return fresh with
        {
            Nodes =
            [
                .. fresh.Nodes.Select(n => n.Reachable ? n : n with { Failed = random.Next(2) == 0, Link = Lost(n) }),
            ],
        };
    }

    /// <summary>One whose primaries, most of them, are up.</summary>
    public static Topology WithMajority(int seed)
    {
        for (var next = seed; ; next = unchecked(next + 7919) & int.MaxValue)
        {
            var topology = Of(next);
            var primaries = topology.Primaries.ToArray();
            if (primaries.Count(p => p.Reachable) > primaries.Length / 2)
            {
                return topology;
            }
        }
    }

    private static LinkState Lost(Node node) => node.IsPrimary ? LinkState.None : LinkState.Down;

    private static LinkState Link(Random random, bool isHealthy) =>
        isHealthy || random.Next(4) > 0 ? LinkState.InSync
        : random.Next(2) == 0 ? LinkState.Down
        : LinkState.Syncing;
}
