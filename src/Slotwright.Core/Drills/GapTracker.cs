using System.Collections.Immutable;

namespace Slotwright.Core.Drills;

/// <summary>
/// The times in which a shard acknowledged no write. They begin with the run and end with it, so that a shard that
/// never answers, or never again, has a gap too. Not thread-safe.
/// </summary>
public sealed class GapTracker
{
    private const int MostKept = 32;

    /// <summary>Shorter ones are not kept, but for the longest.</summary>
    public static readonly TimeSpan Noticeable = TimeSpan.FromMilliseconds(100);

    private readonly List<Gap> _noticeable = [];
    private TimeSpan _last;
    private TimeSpan _longest;
    private TimeSpan _longestFrom;

    /// <param name="at">Time since the run began; one that is earlier than another already told is passed over.</param>
    public void Acknowledged(TimeSpan at)
    {
        if (at - _last > _longest)
        {
            (_longest, _longestFrom) = (at - _last, _last);
        }
        if (at - _last >= Noticeable)
        {
            Keep(new Gap(_last, at - _last));
        }
        _last = at > _last ? at : _last;
    }

    /// <summary>Time since the last acknowledgement.</summary>
    public TimeSpan CurrentAt(TimeSpan now) => now > _last ? now - _last : TimeSpan.Zero;

    public Gap LongestUntil(TimeSpan now) =>
        CurrentAt(now) > _longest ? new Gap(_last, CurrentAt(now)) : new Gap(_longestFrom, _longest);

    /// <summary>The longest 32 of those of 100 ms or more, in their order.</summary>
    public ImmutableArray<Gap> NoticeableUntil(TimeSpan now) =>
        CurrentAt(now) >= Noticeable ? [.. _noticeable, new Gap(_last, CurrentAt(now))] : [.. _noticeable];

    private void Keep(Gap gap)
    {
        if (_noticeable.Count == MostKept)
        {
            var shortest = _noticeable.MinBy(g => g.Length);
            if (shortest.Length >= gap.Length)
            {
                return;
            }
            _noticeable.Remove(shortest);
        }
        _noticeable.Add(gap);
    }
}
