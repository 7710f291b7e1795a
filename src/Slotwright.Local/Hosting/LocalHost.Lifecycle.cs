using System.Collections.Immutable;
using Slotwright.Core.Failures;
using Slotwright.Core.Fencing;
using Slotwright.Local.Agents;
using Slotwright.Local.Fencing;
using Slotwright.Local.Processes;
using Slotwright.Local.Servers;
using Slotwright.Local.State;

namespace Slotwright.Local.Hosting;

/// <content>Its members' processes as a whole: start and stop.</content>
public sealed partial class LocalHost
{
    /// <summary>How long a member may take to end cleanly; pods are given as long.</summary>
    public static readonly TimeSpan DefaultStopDeadline = TimeSpan.FromSeconds(30);

    /// <summary>Starts the members that do not run; ends when they answer.</summary>
    /// <exception cref="OperationFailedException">One can't be started: those of this call do not run then.</exception>
    public async Task<StartReport> StartAsync(CancellationToken ct)
    {
        await using var held = await LockAsync("up", ct);
        var file = Read();
        return await DiskErrors.ExplainAsync(
            Folder.Path,
            () => StartAsync(file, [.. Enumerable.Range(0, file.Members)], ct)
        );
    }

    /// <summary>Ends all members cleanly (SIGTERM), at the same time.</summary>
    /// <param name="force">Whether those that still run at the deadline are ended by SIGKILL.</param>
    /// <exception cref="OperationFailedException">Without force: some still run.</exception>
    public async Task<StopReport> StopAsync(TimeSpan deadline, bool force, CancellationToken ct)
    {
        await using var held = await LockAsync("down", ct);
        var folders = FoldersToEnd();
        await MemberAgents.EndAsync(folders, _time, ct);
        var running = MemberProcesses.Find(folders);
        var left = await MemberStopper.TerminateAsync(folders, deadline, _time, ct);
        if (!force)
        {
            ThrowIfStuck(left, folders.Length, deadline, $"slotwright down --force{NameOption(_cluster)}");
        }
        else if (!left.IsEmpty)
        {
            ThrowIfKillOutlived(await MemberStopper.KillAsync(left, _time, ct));
        }
        return new StopReport(
            [.. folders.Select(f => f.Name).Where(name => running.ContainsKey(name) && !left.Any(l => Is(l, name)))],
            [.. folders.Select(f => f.Name).Where(name => !running.ContainsKey(name))],
            [.. left.Select(f => f.Name)]
        );
    }

    /// <summary>
    /// Ends all members at once and without saving (SIGKILL), for a cluster that is to be deleted: a save would be in
    /// vain, and on a full disk it can't succeed.
    /// </summary>
    /// <exception cref="OperationFailedException">Some still run.</exception>
    public async Task<StopReport> EndAsync(CancellationToken ct)
    {
        await using var held = await LockAsync("down --purge", ct);
        var folders = FoldersToEnd();
        await MemberAgents.EndAsync(folders, _time, ct);
        var running = MemberProcesses.Find(folders);
        ThrowIfKillOutlived(await MemberStopper.KillAsync(folders, _time, ct));
        var names = folders.Select(f => f.Name).ToLookup(running.ContainsKey);
        return new StopReport([], [.. names[false]], [.. names[true]]);
    }

    /// <summary>A member that is paused neither starts nor answers.</summary>
    /// <exception cref="OperationFailedException">Members are paused: which, and what lets them go on.</exception>
    public void ThrowIfPaused(StartReport report)
    {
        if (report.Paused is [var first, ..])
        {
            var (names, are) = (string.Join(", ", report.Paused), report.Paused.Length == 1 ? "is" : "are");
            throw new OperationFailedException(
                $"{names} {are} paused",
                member: first,
                next: $"slotwright local resume {string.Join(' ', report.Paused)}{NameOption(_cluster)}"
            );
        }
    }

    /// <summary>A member that is held back votes, and nothing else.</summary>
    /// <exception cref="RefusedException">Members are held back: which, why, and what lets them go on.</exception>
    public void ThrowIfHeldBack(StartReport report)
    {
        if (!report.HeldBack.IsEmpty)
        {
            throw new RefusedException(
                "start",
                [
                    .. report.HeldBack.Select(m =>
                        HeldBackFinding.Of(m.Name, m.Reason, $"slotwright up{NameOption(_cluster)}")
                    ),
                ]
            );
        }
    }

    /// <summary>What a spec says of a cluster that exists and that is not so; nothing where it fits.</summary>
    /// <param name="server">The version that is asked for; null where none was named.</param>
    public ImmutableArray<Problem> Differences(LocalSpec spec, WantedVersion? server) =>
        SpecDifferences.Find(spec, server, Read(), PasswordFile.Read(Folder));

    /// <param name="isTold">They start with what they have, and wait for no replica's answer.</param>
    private async Task<StartReport> StartAsync(
        ClusterFile file,
        ImmutableArray<int> ordinals,
        CancellationToken ct,
        bool isTold = false
    )
    {
        var folder = Folder;
        await EndHeldBackAsync(ordinals.Select(o => folder.Member(file.MemberName(o))), ct);
        var running = MemberProcesses.Find(ordinals.Select(o => folder.Member(file.MemberName(o))));
        var missing = ordinals.RemoveAll(o => running.ContainsKey(file.MemberName(o)));
        ImmutableArray<HeldBackMember> held = [];
        if (!missing.IsEmpty)
        {
            var starter = new MemberStarter(folder, file, PasswordFile.Read(folder), _time)
            {
                Target = this,
                Fence = Fence,
                Versions = _versions,
                IsToldToStart = isTold,
                IsWithoutGuards = IsWithoutGuards,
            };
            held = await starter.StartAsync(missing, ct);
        }
        await CompleteAsync(file, ordinals.RemoveAll(o => held.Any(h => h.Name == file.MemberName(o))), ct);
        var there = ordinals.Select(file.MemberName).Where(running.ContainsKey).ToImmutableArray();
        return new StartReport([.. missing.Select(file.MemberName)], there, [.. there.Where(m => running[m].IsPaused)])
        {
            HeldBack = held,
        };
    }

    /// <summary>So that they are judged anew.</summary>
    private async Task EndHeldBackAsync(IEnumerable<MemberFolder> members, CancellationToken ct)
    {
        ImmutableArray<MemberFolder> held = [.. members.Where(m => File.Exists(m.HeldBack))];
        if (!held.IsEmpty)
        {
            await MemberStopper.EndAsync(held, _time, ct);
        }
    }

    /// <summary>
    /// The members that cluster.json names; where it can't be read, every folder beside it, since a process is known
    /// by the folder that it runs in.
    /// </summary>
    private ImmutableArray<MemberFolder> FoldersToEnd()
    {
        var folder = Folder;
        try
        {
            return [.. Read().MemberNames.Select(folder.Member)];
        }
        catch (OperationFailedException) when (Directory.Exists(folder.Path))
        {
            return
            [
                .. Directory
                    .EnumerateDirectories(folder.Path)
                    .Select(path => folder.Member(Path.GetFileName(path)))
                    .OrderBy(member => member.Name, StringComparer.Ordinal),
            ];
        }
    }

    private static bool Is(MemberFolder folder, string name) =>
        string.Equals(folder.Name, name, StringComparison.Ordinal);

    /// <param name="asked">How many were told to end.</param>
    /// <param name="remedy">The command that ends those that are left by SIGKILL.</param>
    private static void ThrowIfStuck(ImmutableArray<MemberFolder> stuck, int asked, TimeSpan deadline, string remedy)
    {
        if (!stuck.IsEmpty)
        {
            throw new OperationFailedException(
                $"{string.Join(", ", stuck.Select(f => f.Name))} did not end within {deadline.TotalSeconds:0} s: "
                    + string.Join(" / ", LogTail.Read(stuck[0].Log, 0).TakeLast(2)),
                member: stuck[0].Name,
                command: "SIGTERM",
                done: stuck.Length < asked ? "the others have ended" : "none has ended",
                next: $"see {stuck[0].Log}; {remedy} ends {(stuck.Length == 1 ? "it" : "them")} without saving"
            );
        }
    }

    private static void ThrowIfKillOutlived(ImmutableArray<MemberFolder> stuck)
    {
        if (!stuck.IsEmpty)
        {
            throw new OperationFailedException(
                $"{string.Join(", ", stuck.Select(f => f.Name))} {(stuck.Length == 1 ? "outlives" : "outlive")} SIGKILL: the kernel waits for a disk",
                member: stuck[0].Name,
                command: "SIGKILL",
                next: "see dmesg"
            );
        }
    }
}
