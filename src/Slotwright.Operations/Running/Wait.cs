namespace Slotwright.Operations.Running;

/// <summary>The one polling loop.</summary>
public static class Wait
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(100);

    /// <summary>Asks until the condition holds; pauses grow from 5 ms to 100 ms.</summary>
    /// <returns>False where the deadline passed first.</returns>
    public static Task<bool> UntilAsync(
        Func<CancellationToken, ValueTask<bool>> condition,
        TimeSpan deadline,
        TimeProvider time,
        CancellationToken ct
    ) => UntilAsync(condition, deadline, LongestPause, time, ct);

    /// <summary>Asks until the condition holds; pauses grow from 5 ms to the longest.</summary>
    /// <returns>False where the deadline passed first.</returns>
    public static async Task<bool> UntilAsync(
        Func<CancellationToken, ValueTask<bool>> condition,
        TimeSpan deadline,
        TimeSpan longestPause,
        TimeProvider time,
        CancellationToken ct
    )
    {
        var start = time.GetTimestamp();
        var pause = FirstPause;
        while (!await condition(ct))
        {
            var left = deadline - time.GetElapsedTime(start);
            if (left <= TimeSpan.Zero)
            {
                return false;
            }
            await Task.Delay(pause < left ? pause : left, time, ct);
            pause = pause * 1.5 < longestPause ? pause * 1.5 : longestPause;
        }
        return true;
    }
}
