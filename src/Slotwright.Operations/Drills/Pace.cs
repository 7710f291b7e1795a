namespace Slotwright.Operations.Drills;

/// <summary>
/// When the operations of a lane are due: each at a time of its own that does not depend on when others ended, and
/// computed from its number, so that nothing adds up.
/// </summary>
/// <param name="PerSecond">Above 0.</param>
/// <param name="Phase">When the first is due, since the run began.</param>
public readonly record struct Pace(double PerSecond, TimeSpan Phase)
{
    /// <param name="number">From 0.</param>
    public TimeSpan At(long number) => Phase + TimeSpan.FromTicks((long)(number * TimeSpan.TicksPerSecond / PerSecond));

    /// <summary>How many are due up to a time, that time included.</summary>
    public long DueBy(TimeSpan time)
    {
        if (time < Phase)
        {
            return 0;
        }
        var count = (long)((time - Phase).Ticks * PerSecond / TimeSpan.TicksPerSecond) + 1;
        while (At(count) <= time)
        {
            count++;
        }
        while (At(count - 1) > time)
        {
            count--;
        }
        return count;
    }

    /// <summary>How many are due before a time.</summary>
    public long DueBefore(TimeSpan time) => time <= Phase ? 0 : DueBy(time - TimeSpan.FromTicks(1));
}
