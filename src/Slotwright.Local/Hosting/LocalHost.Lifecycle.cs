using System.Collections.Immutable;
using Slotwright.Core.Failures;
using Slotwright.Core.Health;
using Slotwright.Local.Network;
using Slotwright.Local.Processes;
using Slotwright.Local.Servers;
using Slotwright.Local.State;

namespace Slotwright.Local.Hosting;

/// <content>Its members' processes as a whole: create, start, stop, purge.</content>
public sealed partial class LocalHost
{
    /// <summary>How long a member may take to end cleanly; pods are given as long.</summary>
    public static readonly TimeSpan DefaultStopDeadline = TimeSpan.FromSeconds(30);

    /// <summary>Makes the cluster's folders and starts its members; ends when all of them answer.</summary>
    /// <exception cref="BadInputException">The spec can't be used, or the cluster exists.</exception>
    /// <exception cref="OperationFailedException">A member can't be started: none runs, no folder is left.</exception>
    public async Task<StartReport> CreateAsync(LocalSpec spec, ServerBinary binary, CancellationToken ct)
    {
        Demand(spec);
        await using var held = await LockAsync("up", ct);
        if (Exists)
        {
            throw new BadInputException(
                new Problem("--name", $"the local cluster '{cluster}' exists", "start it, or take another name")
            );
        }
        return await DiskErrors.ExplainAsync(Folder.Path, () => CreateLockedAsync(spec, binary, ct));
    }

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
        var folders = MemberFolders(Read());
        var running = MemberProcesses.Find(folders);
        var left = await MemberStopper.TerminateAsync(folders, deadline, time, ct);
        if (!left.IsEmpty)
        {
            var stuck = force ? await MemberStopper.KillAsync(left, time, ct) : left;
            ThrowIfAny(stuck, deadline);
        }
        return new StopReport(
            [.. folders.Select(f => f.Name).Where(name => running.ContainsKey(name) && !left.Any(l => Is(l, name)))],
            [.. folders.Select(f => f.Name).Where(name => !running.ContainsKey(name))],
            [.. left.Select(f => f.Name)]
        );
    }

    /// <summary>Deletes the cluster: its data, its password, all.</summary>
    /// <exception cref="RefusedException">A member still runs.</exception>
    public async Task PurgeAsync(CancellationToken ct)
    {
        await using var held = await LockAsync("down --purge", ct);
        var running = MemberProcesses.Find(MemberFolders(Read()));
        if (running.Count > 0)
        {
            throw new RefusedException(
                "purge",
                [
                    .. running
                        .Keys.Order(StringComparer.Ordinal)
                        .Select(member => new Finding(
                            "member-running",
                            Verdict.Failed,
                            member,
                            "still runs",
                            "its data would be deleted under it",
                            $"slotwright down{NameOption(cluster)}"
                        )),
                ]
            );
        }
        await DiskErrors.ExplainAsync(
            Folder.Path,
            () =>
            {
                ClusterRemoval.Remove(root, Folder);
                return Task.FromResult(true);
            }
        );
    }

    /// <exception cref="BadInputException">No cluster can be made to the spec: all that is wrong with it.</exception>
    public static void Demand(LocalSpec spec)
    {
        ReadOnlySpan<Problem> problems = [.. LocalSpecRules.Problems(spec, PortRange.ReadEphemeral())];
        if (!problems.IsEmpty)
        {
            throw new BadInputException(problems);
        }
    }

    /// <summary>What a spec says of a cluster that exists and that is not so; nothing where it fits.</summary>
    /// <param name="server">The version that is asked for; null where none was named.</param>
    public ImmutableArray<Problem> Differences(LocalSpec spec, Version? server) =>
        SpecDifferences.Find(spec, server, Read(), PasswordFile.Read(Folder));

    private async Task<StartReport> CreateLockedAsync(LocalSpec spec, ServerBinary binary, CancellationToken ct)
    {
        var folder = Folder;
        ClusterRemoval.Sweep(root);
        ThrowIfDataIsThere(folder);
        try
        {
            var file = ClusterPlanner.Plan(
                spec with
                {
                    Name = cluster,
                },
                binary,
                folder.Path,
                Others(),
                Listener.ReadAll(),
                PortRange.ReadEphemeral(),
                GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
                time.GetUtcNow()
            );
            PasswordFile.Write(folder, spec.PasswordOrNull ?? PasswordFile.Random());
            file.Write(folder);
            return await StartAsync(file, [.. Enumerable.Range(0, file.Members)], ct);
        }
        catch
        {
            ClusterRemoval.Remove(root, folder);
            throw;
        }
    }

    private async Task<StartReport> StartAsync(ClusterFile file, ImmutableArray<int> ordinals, CancellationToken ct)
    {
        var folder = Folder;
        var running = MemberProcesses.Find(ordinals.Select(o => folder.Member(file.MemberName(o))));
        var missing = ordinals.RemoveAll(o => running.ContainsKey(file.MemberName(o)));
        if (!missing.IsEmpty)
        {
            await new MemberStarter(folder, file, PasswordFile.Read(folder), time).StartAsync(missing, ct);
        }
        var there = ordinals.Select(file.MemberName).Where(running.ContainsKey).ToImmutableArray();
        return new StartReport([.. missing.Select(file.MemberName)], there, [.. there.Where(m => running[m].IsPaused)]);
    }

    private ImmutableArray<ClusterFile> Others() =>
        [
            .. new LocalClusters(root, time)
                .List()
                .Where(other => other.Problem is null)
                .Select(other => ClusterFile.Read(root.Folder(other.Name))),
        ];

    private ImmutableArray<MemberFolder> MemberFolders(ClusterFile file) => [.. file.MemberNames.Select(Folder.Member)];

    private static bool Is(MemberFolder folder, string name) =>
        string.Equals(folder.Name, name, StringComparison.Ordinal);

    private static void ThrowIfDataIsThere(ClusterFolder folder)
    {
        if (Directory.GetDirectories(folder.Path) is [var first, ..])
        {
            throw new OperationFailedException(
                $"{folder.Path} holds members ({Path.GetFileName(first)}) but no cluster.json",
                done: "nothing was changed",
                next: "restore cluster.json, or delete the folder if its data is not needed"
            );
        }
    }

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
                next: $"see {stuck[0].Log}; slotwright local kill {stuck[0].Name}{NameOption(cluster)} ends it without saving"
            );
        }
    }
}
