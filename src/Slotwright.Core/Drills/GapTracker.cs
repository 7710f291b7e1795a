namespace Slotwright.Core.Drills;

/// <summary>
/// The longest time in which a shard acknowledged no write. It begins with the run and ends with it, so that a shard
/// that never answers, or never again, has a gap too. Not thread-safe.
/// </summary>
public sealed class GapTracker
{
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
        _last = at > _last ? at : _last;
    }

    /// <summary>Time since the last acknowledgement.</summary>
    public TimeSpan CurrentAt(TimeSpan now) => now > _last ? now - _last : TimeSpan.Zero;

    public Gap LongestUntil(TimeSpan now) =>
        CurrentAt(now) > _longest ? new Gap(_last, CurrentAt(now)) : new Gap(_longestFrom, _longest);
}
