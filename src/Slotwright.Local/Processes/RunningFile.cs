using Microsoft.Win32.SafeHandles;
using Slotwright.Core.Failures;
using Slotwright.Local.State;
using Slotwright.Operations.Running;

namespace Slotwright.Local.Processes;

/// <summary>
/// The file that becomes a server's stdin. Its lock goes with it to the server and to what the server forks, so that
/// a folder never has two servers.
/// </summary>
internal static class RunningFile
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The member's server must not run; what a dead one has left is ended.</summary>
    /// <exception cref="OperationFailedException">Somebody else uses the folder.</exception>
    public static async Task<SafeFileHandle> TakeAsync(MemberFolder member, TimeProvider time, CancellationToken ct)
    {
        SafeFileHandle? taken = null;
        await Wait.UntilAsync(_ => ValueTask.FromResult(TryTake(member, ref taken)), Patience, time, ct);
        return taken
            ?? throw new OperationFailedException(
                $"{member.Path} is in use by a process that can't be seen from here",
                member: member.Name,
                next: "end the server that another user or a container runs there"
            );
    }

    private static bool TryTake(MemberFolder member, ref SafeFileHandle? taken)
    {
        taken = LockedFile.TryTake(member.Running);
        if (taken is not null)
        {
            return true;
        }
        if (MemberProcesses.Find(member) is not null)
        {
            throw new OperationFailedException(
                $"{member.Name} has just been started by another command",
                member: member.Name,
                next: "see what runs: slotwright status"
            );
        }
        foreach (var orphan in MemberProcesses.Orphans(member))
        {
            Signals.Send(orphan, Signal.Kill);
        }
        return false;
    }
}
