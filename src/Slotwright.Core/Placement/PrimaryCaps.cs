using System.Collections.Immutable;

namespace Slotwright.Core.Placement;

/// <summary>
/// How many primaries each zone may have at most, so that the first four criteria are as good as they can be. Every
/// way to choose the primaries that keeps to the caps can be completed to such a placement, and no other can.
/// </summary>
/// <remarks>
/// <para>
/// Fullest zone: with at most <c>t</c> in each, <c>sum(min(size, t))</c> primaries find a place; the smallest
/// <c>t</c> that gives them all one can't be beaten.
/// </para>
/// <para>
/// Replicas beside their primary: a zone of <c>m</c> members, <c>p</c> of them primaries, has <c>m - p</c> replicas.
/// The shards of other zones' primaries take <c>R (P - p)</c> replicas in all, so that at least
/// <c>m - p - R (P - p)</c> stay beside their own. Hall's theorem: two zones together reach every shard, so that a
/// single zone is the only thing in the way, and the largest of these numbers can be had.
/// </para>
/// <para>
/// Shards within one zone: at least <c>m - R P</c>, since every other shard has at most <c>R</c> nodes there. The
/// replicas above spread evenly over the zone's own shards reach that number.
/// </para>
/// </remarks>
/// <param name="ByZone">Most primaries, by zone.</param>
/// <param name="ReplicasInPrimaryZone">Replicas that remain in the zone of their primary.</param>
internal sealed record PrimaryCaps(ImmutableArray<int> ByZone, int ReplicasInPrimaryZone)
{
    public static PrimaryCaps Of(ImmutableArray<int> zoneSizes, int primaries, int replicas)
    {
        var even = Enumerable.Range(1, primaries).First(t => zoneSizes.Sum(m => Math.Min(m, t)) >= primaries);
        for (var beside = 0; ; beside++)
        {
            var caps = zoneSizes.Select(m => Cap(m, Math.Min(m, even), beside)).ToImmutableArray();
            if (!caps.Contains(-1) && caps.Sum() >= primaries)
            {
                return new PrimaryCaps(caps, beside);
            }
        }

        int Cap(int size, int most, int beside)
        {
            var p = most;
            while (p >= 0 && size - p - (replicas * (primaries - p)) > beside)
            {
                p--;
            }
            return p;
        }
    }
}
