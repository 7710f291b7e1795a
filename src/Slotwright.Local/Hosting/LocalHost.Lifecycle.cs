using System.Collections.Immutable;
using Slotwright.Core.Failures;
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
        var running = MemberProcesses.Find(folders);
        var left = await MemberStopper.TerminateAsync(folders, deadline, _time, ct);
        if (!left.IsEmpty)
        {
            var stuck = force ? await MemberStopper.KillAsync(left, _time, ct) : left;
            ThrowIfAny(stuck, deadline);
        }
        return new StopReport(
            [.. folders.Select(f => f.Name).Where(name => running.ContainsKey(name) && !left.Any(l => Is(l, name)))],
            [.. folders.Select(f => f.Name).Where(name => !running.ContainsKey(name))],
            [.. left.Select(f => f.Name)]
        );
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

    /// <summary>What a spec says of a cluster that exists and that is not so; nothing where it fits.</summary>
    /// <param name="server">The version that is asked for; null where none was named.</param>
    public ImmutableArray<Problem> Differences(LocalSpec spec, WantedVersion? server) =>
        SpecDifferences.Find(spec, server, Read(), PasswordFile.Read(Folder));

    private async Task<StartReport> StartAsync(ClusterFile file, ImmutableArray<int> ordinals, CancellationToken ct)
    {
        var folder = Folder;
        var running = MemberProcesses.Find(ordinals.Select(o => folder.Member(file.MemberName(o))));
        var missing = ordinals.RemoveAll(o => running.ContainsKey(file.MemberName(o)));
        if (!missing.IsEmpty)
        {
            await new MemberStarter(folder, file, PasswordFile.Read(folder), _time).StartAsync(missing, ct);
        }
        var there = ordinals.Select(file.MemberName).Where(running.ContainsKey).ToImmutableArray();
        return new StartReport([.. missing.Select(file.MemberName)], there, [.. there.Where(m => running[m].IsPaused)]);
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

    private void ThrowIfAny(ImmutableArray<MemberFolder> stuck, TimeSpan deadline)
    {
        if (!stuck.IsEmpty)
        {
            throw new OperationFailedException(
                $"{string.Join(", ", stuck.Select(f => f.Name))} did not end within {deadline.TotalSeconds:0} s: "
                    + string.Join(" / ", LogTail.Read(stuck[0].Log, 0).TakeLast(2)),
                member: stuck[0].Name,
                command: "SIGTERM",
                done: "the others have ended",
                next: $"see {stuck[0].Log}; slotwright local kill {stuck[0].Name}{NameOption(_cluster)} ends it without saving"
            );
        }
    }
}
