using Slotwright.Core.Failures;
using Slotwright.Operations.Running;

namespace Slotwright.Local.Servers;

/// <summary>One install of a line at a time, by flock on a file: the kernel lets go when its holder ends, however it ends.</summary>
internal static class InstallLock
{
    // apt downloads for as long as bytes come; a holder that is killed lets go at once.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    public static async Task<IDisposable> TakeAsync(
        string path,
        Action waiting,
        TimeProvider time,
        CancellationToken ct
    )
    {
        FileStream? held = null;
        var said = false;
        var taken = await Wait.UntilAsync(
            _ =>
            {
                try
                {
                    // FileShare.None is flock(LOCK_EX | LOCK_NB).
                    held = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                }
                catch (IOException e) when (IsHeld(e))
                {
                    if (!said)
                    {
                        said = true;
                        waiting();
                    }
                }
                return ValueTask.FromResult(held is not null);
            },
            Patience,
            time,
            ct
        );
        return taken
            ? held!
            : throw new OperationFailedException(
                $"another install has held {path} for {Patience.TotalMinutes:0} minutes",
                next: "look for a slotwright that hangs, end it, and run this again"
            );
    }

    // .NET reports EWOULDBLOCK of its own flock as a sharing violation: the errno itself as HResult.
    private static bool IsHeld(IOException e) => e.HResult == 11;
}
