using System.Collections.Immutable;

namespace Slotwright.Core.Drills;

/// <summary>For how long two members of one shard both were its primary for certain, and took writes.</summary>
public static class TwoPrimaries
{
    public static TimeSpan Length(ImmutableArray<MemberRoles> ofShard)
    {
        var edges = ofShard
            .SelectMany(m => m.Spans)
            .Where(s => s.State == MemberState.Primary)
            .SelectMany(s => new[] { (At: s.From, Step: 1), (At: s.Last, Step: -1) })
            .OrderBy(e => e.At)
            .ThenBy(e => e.Step);
        var (primaries, since, sum) = (0, TimeSpan.Zero, TimeSpan.Zero);
        foreach (var (at, step) in edges)
        {
            sum += primaries > 1 ? at - since : TimeSpan.Zero;
            primaries += step;
            since = at;
        }
        return sum;
    }
}
