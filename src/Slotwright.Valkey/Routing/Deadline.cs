namespace Slotwright.Valkey.Routing;

/// <summary>When an operation's budget is used up.</summary>
internal readonly struct Deadline(TimeProvider time, TimeSpan budget)
{
    private readonly long _start = time.GetTimestamp();

    /// <summary>In whole milliseconds, rounded up, so that a timer over it does not end before it; zero where nothing is left.</summary>
    public TimeSpan Left =>
        budget - time.GetElapsedTime(_start) is { Ticks: > 0 } left
            ? TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds))
            : TimeSpan.Zero;

    public TimeSpan AtMost(TimeSpan other) => Left < other ? Left : other;
}
