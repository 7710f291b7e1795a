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

    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Asks them to end (SIGTERM), and paused ones to go on so that they can; asks again every second, since a server
    /// that writes its first append-only file after a full sync says no and forgets that it was asked.
    /// </summary>
    /// <returns>Those that still run at the deadline.</returns>
    public static async Task<ImmutableArray<MemberFolder>> TerminateAsync(
        ImmutableArray<MemberFolder> members,
        TimeSpan deadline,
        TimeProvider time,
        CancellationToken ct
    )
    {
        var next = TimeSpan.Zero;
        var start = time.GetTimestamp();
        return await GoneAsync(
            members,
            living =>
            {
                if (time.GetElapsedTime(start) >= next)
                {
                    next += AskAgain;
                    Terminate(living);
                }
            },
            deadline,
            time,
            ct
        );
    }

    /// <summary>SIGKILL, also to what they forked.</summary>
    /// <returns>Those that still run after 10 s: processes that the kernel can't end.</returns>
    public static async Task<ImmutableArray<MemberFolder>> KillAsync(
        ImmutableArray<MemberFolder> members,
        TimeProvider time,
        CancellationToken ct
    )
    {
        var dying = new HashSet<ProcessIdentity>();
        await Wait.UntilAsync(
            _ =>
            {
                // again at each look: one may have forked between the look and the signal
                foreach (var process in MemberProcesses.Holders(members))
                {
                    Signals.Send(process, Signal.Kill);
                    dying.Add(process);
                }
                dying.RemoveWhere(static process => process.Find() is null);
                return ValueTask.FromResult(dying.Count == 0);
            },
            KillDeadline,
            time,
            ct
        );
        return await GoneAsync(members, static _ => { }, TimeSpan.Zero, time, ct);
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

    private static void Terminate(IEnumerable<MemberProcess> living)
    {
        foreach (var process in living)
        {
            Signals.Send(process.Identity, Signal.Terminate);
            if (process.IsPaused)
            {
                Signals.Send(process.Identity, Signal.Continue);
            }
        }
    }

    /// <summary>
    /// A process is gone when it has ended as a whole: its files are no longer shown as soon as its first thread ends,
    /// and its ports are still open then.
    /// </summary>
    /// <param name="look">Sees at each look who still runs.</param>
    private static async Task<ImmutableArray<MemberFolder>> GoneAsync(
        ImmutableArray<MemberFolder> members,
        Action<IEnumerable<MemberProcess>> look,
        TimeSpan deadline,
        TimeProvider time,
        CancellationToken ct
    )
    {
        var left = members;
        var seen = new Dictionary<string, ProcessIdentity>(StringComparer.Ordinal);
        await Wait.UntilAsync(
            _ =>
            {
                var living = MemberProcesses.Find(left);
                left =
                [
                    .. left.Where(m =>
                        living.ContainsKey(m.Name) || seen.GetValueOrDefault(m.Name)?.Find() is not null
                    ),
                ];
                foreach (var (name, process) in living)
                {
                    seen[name] = process.Identity;
                }
                look(living.Values);
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
