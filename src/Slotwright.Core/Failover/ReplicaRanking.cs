using System.Collections.Immutable;
using Slotwright.Core.Cluster;

namespace Slotwright.Core.Failover;

/// <summary>Which replica takes over.</summary>
public static class ReplicaRanking
{
    /// <summary>
    /// Those that could, the best first: the highest offset, since it alone has all that another has confirmed; among
    /// equals the zone that has the fewest primaries.
    /// </summary>
    /// <param name="stream">The primary's; where it is not known, the one that all agree on.</param>
    public static ImmutableArray<ReplicaReading> Of(
        ImmutableArray<ReplicaReading> readings,
        string stream,
        ImmutableDictionary<string, int> primariesByZone
    )
    {
        var complete = readings.Where(r => r.IsComplete).ToImmutableArray();
        var wanted =
            stream.Length > 0 ? stream
            : complete.Select(r => r.Stream).Distinct(StringComparer.Ordinal).Take(2).ToArray() is [var one] ? one
            : "";
        return
        [
            .. complete
                .Where(r => wanted.Length > 0 && r.Stream == wanted) // offsets of two streams say nothing of each other
                .OrderByDescending(r => r.Offset)
                .ThenBy(r => r.Zone.Length > 0 ? primariesByZone.GetValueOrDefault(r.Zone) : int.MaxValue)
                .ThenBy(r => r.Id),
        ];
    }

    /// <summary>
    /// Whether what WAIT n has confirmed is among the replicas that were compared: it is on n of them, so one of those is
    /// among any k of R where n is greater than R-k.
    /// </summary>
    public static bool HasConfirmed(int compared, int replicas, int waitReplicas) =>
        Math.Max(1, waitReplicas) > replicas - compared;

    /// <returns>-1 where it is not among them.</returns>
    public static int RankOf(ImmutableArray<ReplicaReading> ranking, NodeId id)
    {
        var found = ranking.FirstOrDefault(r => r.Id == id);
        return found is null ? -1 : ranking.IndexOf(found);
    }
}
