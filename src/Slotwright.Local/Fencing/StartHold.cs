using System.Globalization;
using Slotwright.Local.Processes;
using Slotwright.Local.State;
using Slotwright.Operations.Agent.Failover;
using Slotwright.Operations.Running;

namespace Slotwright.Local.Fencing;

/// <summary>
/// A file that says until when a start has to wait. A start first takes the lock that its server keeps, then looks for the
/// file; an agent first writes the file, then looks for the lock: one of the two sees the other.
/// </summary>
/// <param name="hold">The file.</param>
/// <param name="running">The file whose lock is held from the beginning of a start to the end of its server.</param>
public sealed class StartHold(string hold, string running, TimeProvider time) : IStartHold
{
    /// <summary>Whatever a file says: nobody holds a start up for longer.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(12);

    public bool Take(TimeSpan length)
    {
        var until = (time.GetUtcNow() + length).ToUnixTimeMilliseconds();
        AtomicFile.WriteDerived(hold, until.ToString(CultureInfo.InvariantCulture));
        if (LockedFile.TryTake(running) is { } handle)
        {
            LockedFile.Release(handle);
            return true;
        }
        return false;
    }

    public void Release() => File.Delete(hold);

    /// <summary>
    /// Takes the lock for this process and for whatever takes its place, to the end of its life.
    /// </summary>
    /// <returns>False where another holds it.</returns>
    /// <exception cref="IOException">It can't be opened.</exception>
    public static bool KeepRunning(string running)
    {
        if (LockedFile.TryTake(running) is not { } handle)
        {
            return false;
        }
        // never closed: not by this process, and not when another program takes its place
        var stays = false;
        handle.DangerousAddRef(ref stays);
        _ = Native.Fcntl(handle, Native.SetDescriptorFlags, 0);
        return true;
    }

    /// <summary>For a start, with the lock taken: ends when it may go on.</summary>
    /// <returns>How long it was held up.</returns>
    public static async Task<TimeSpan> WaitAsync(string hold, TimeProvider time, CancellationToken ct)
    {
        var start = time.GetTimestamp();
        await Wait.UntilAsync(_ => ValueTask.FromResult(!IsHeld(hold, time)), Longest, time, ct);
        return time.GetElapsedTime(start);
    }

    private static bool IsHeld(string hold, TimeProvider time)
    {
        try
        {
            return long.TryParse(File.ReadAllText(hold), NumberStyles.None, CultureInfo.InvariantCulture, out var until)
                && time.GetUtcNow().ToUnixTimeMilliseconds() < until;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
