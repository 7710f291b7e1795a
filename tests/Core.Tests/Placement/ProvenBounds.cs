using Slotwright.Core.Placement;

namespace Slotwright.Core.Tests.Placement;

/// <summary>
/// Numbers that no assignment can be below, for the first four criteria, from the sizes of the zones alone. P
/// primaries, R replicas each, a zone of m members of which p are primaries.
/// </summary>
internal static class ProvenBounds
{
    public static (int Incomplete, int Whole, int Fullest, int Beside) Of(PlacementRequest request)
    {
        var sizes = request.Members.CountBy(m => m.Zone ?? "").Select(z => z.Value).ToArray();
        var (primaries, replicas) = (request.Primaries, request.ReplicasPerPrimary);
        var fullest = Fullest(sizes, primaries);
        return (0, Whole(sizes, primaries, replicas), fullest, Beside(sizes, primaries, replicas, fullest));
    }

    /// <summary>
    /// Let w shards lie wholly in the zone. The other P - w have at most R nodes each there:
    /// m &lt;= w (R + 1) + (P - w) R = w + P R, so w &gt;= m - P R. Shards wholly in different zones are different
    /// shards: the numbers of the zones add up. Without replicas every shard is a single node, so that all are whole.
    /// </summary>
    private static int Whole(int[] sizes, int primaries, int replicas) =>
        replicas == 0 ? primaries : sizes.Sum(m => Math.Max(0, m - (primaries * replicas)));

    /// <summary>With at most t primaries in each zone, there are at most sum(min(m, t)): t must give P a place.</summary>
    private static int Fullest(int[] sizes, int primaries)
    {
        var t = 1;
        while (sizes.Sum(m => Math.Min(m, t)) < primaries)
        {
            t++;
        }
        return t;
    }

    /// <summary>
    /// The zone's replicas are m - p. Shards whose primary is elsewhere are P - p and take at most R (P - p) of them;
    /// the rest, if any, have their primary beside them. Primaries may be spread in every way that keeps the third
    /// criterion; whatever way it is, the worst zone's rest is there. The best way is found zone by zone: for each
    /// number of primaries so far, the least that the worst zone so far can have.
    /// </summary>
    private static int Beside(int[] sizes, int primaries, int replicas, int fullest)
    {
        const int Never = int.MaxValue;
        var least = Enumerable.Repeat(Never, primaries + 1).ToArray();
        least[0] = 0;
        foreach (var m in sizes)
        {
            var next = Enumerable.Repeat(Never, primaries + 1).ToArray();
            for (var before = 0; before <= primaries; before++)
            {
                for (var p = 0; least[before] != Never && p <= Math.Min(Math.Min(m, fullest), primaries - before); p++)
                {
                    var rest = Math.Max(least[before], m - p - (replicas * (primaries - p)));
                    next[before + p] = Math.Min(next[before + p], rest);
                }
            }
            least = next;
        }
        return least[primaries];
    }
}
