namespace Slotwright.Operations.Drills;

/// <summary>Time since a run began, and when it ends. Thread-safe.</summary>
internal sealed class RunClock(TimeProvider time, TimeSpan duration)
{
    /// <summary>A sleep that is longer than this is broken off by an early end.</summary>
    private static readonly TimeSpan Nap = TimeSpan.FromMilliseconds(100);

    private readonly long _start = time.GetTimestamp();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _end = duration.Ticks;

    public TimeSpan Elapsed => time.GetElapsedTime(_start);

    /// <summary>Timestamp of its clock at which the run began.</summary>
    public long Began => _start;

    /// <summary>The time since the run began at a timestamp of its clock.</summary>
    public TimeSpan At(long timestamp) => time.GetElapsedTime(_start, timestamp);

    /// <summary>What is due later does not belong to the run.</summary>
    public TimeSpan End => TimeSpan.FromTicks(Volatile.Read(ref _end));

    /// <summary>Nothing becomes due from now on.</summary>
    public void EndNow()
    {
        Volatile.Write(ref _end, Math.Min(_end, Elapsed.Ticks));
        _ended.TrySetResult();
    }

    /// <summary>Sleeps at least until then, to the millisecond; an early end breaks off all but a nap.</summary>
    public Task SleepAsync(TimeSpan until, CancellationToken ct)
    {
        var left = LeftUntil(until);
        return left <= Nap ? Task.Delay(left, time, ct) : WaitAsync(_ended.Task, until, ct);
    }

    /// <summary>Waits for a signal, but no longer than until then.</summary>
    public async Task WaitAsync(Task signal, TimeSpan until, CancellationToken ct)
    {
        await signal.WaitAsync(LeftUntil(until), time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ct.ThrowIfCancellationRequested();
    }

    private TimeSpan LeftUntil(TimeSpan until) =>
        TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling((until - Elapsed).TotalMilliseconds)));
}
