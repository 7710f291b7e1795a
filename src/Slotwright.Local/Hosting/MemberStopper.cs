using System.Collections.Immutable;
using Slotwright.Local.Processes;
using Slotwright.Local.State;
using Slotwright.Operations.Running;

namespace Slotwright.Local.Hosting;

/// <summary>Ends members' servers, all at the same time.</summary>
internal static class MemberStopper
{
    /// <summary>For ending what a failed start has begun.</summary>
    public static readonly TimeSpan CleanupDeadline = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan KillDeadline = TimeSpan.FromSeconds(10);

    /// <summary>Asks them to end (SIGTERM), and paused ones to go on so that they can.</summary>
    /// <returns>Those that still run at the deadline.</returns>
    public static async Task<ImmutableArray<MemberFolder>> TerminateAsync(
        ImmutableArray<MemberFolder> members,
        TimeSpan deadline,
        TimeProvider time,
        CancellationToken ct
    )
    {
        foreach (var process in MemberProcesses.Find(members).Values)
        {
            Signals.Send(process.Identity, Signal.Terminate);
            if (process.IsPaused)
            {
                Signals.Send(process.Identity, Signal.Continue);
            }
        }
        return await GoneAsync(members, deadline, time, ct);
    }

    /// <summary>SIGKILL, also to what they forked.</summary>
    /// <returns>Those that still run after 10 s: processes that the kernel can't end.</returns>
    public static async Task<ImmutableArray<MemberFolder>> KillAsync(
        ImmutableArray<MemberFolder> members,
        TimeProvider time,
        CancellationToken ct
    )
    {
        foreach (var process in MemberProcesses.Holders(members))
        {
            Signals.Send(process, Signal.Kill);
        }
        return await GoneAsync(members, KillDeadline, time, ct);
    }

    /// <summary>By SIGTERM, and by SIGKILL where that does not do within 5 s.</summary>
    public static async Task EndAsync(ImmutableArray<MemberFolder> members, TimeProvider time, CancellationToken ct)
    {
        var left = await TerminateAsync(members, TimeSpan.FromSeconds(5), time, ct);
        if (!left.IsEmpty)
        {
            await KillAsync(left, time, ct);
        }
    }

    private static async Task<ImmutableArray<MemberFolder>> GoneAsync(
        ImmutableArray<MemberFolder> members,
        TimeSpan deadline,
        TimeProvider time,
        CancellationToken ct
    )
    {
        var left = members;
        await Wait.UntilAsync(
            _ =>
            {
                var living = MemberProcesses.Find(left);
                left = [.. left.Where(member => living.ContainsKey(member.Name))];
                return ValueTask.FromResult(left.IsEmpty);
            },
            deadline,
            time,
            ct
        );
        foreach (var member in members)
        {
            if (ProcessFile.Read(member)?.Identity is { } identity)
            {
                Children.Reap(identity);
            }
        }
        return left;
    }
}
