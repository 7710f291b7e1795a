using System.Collections.Immutable;
using Microsoft.Win32.SafeHandles;
using Slotwright.Core.Failures;
using Slotwright.Core.Health;
using Slotwright.Local.Network;
using Slotwright.Local.Processes;
using Slotwright.Local.Servers;
using Slotwright.Local.State;
using Slotwright.Operations.Running;

namespace Slotwright.Local.Hosting;

/// <content>From nothing to members that answer, or to nothing again.</content>
public sealed partial class LocalHost
{
    private const int MostTries = 3;
    private static readonly TimeSpan PlanningPatience = TimeSpan.FromSeconds(10);

    /// <exception cref="BadInputException">No cluster can be made to the spec: all that is wrong with it.</exception>
    public static void Demand(LocalSpec spec)
    {
        ReadOnlySpan<Problem> problems = [.. LocalSpecRules.Problems(spec, PortRange.ReadEphemeral())];
        if (!problems.IsEmpty)
        {
            throw new BadInputException(problems);
        }
    }

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
                new Problem("--name", $"the local cluster '{_cluster}' exists", "start it, or take another name")
            );
        }
        return await DiskErrors.ExplainAsync(Folder.Path, () => CreateLockedAsync(spec, binary, ct));
    }

    /// <summary>Deletes the cluster: its data, its password, all.</summary>
    /// <exception cref="RefusedException">A member still runs.</exception>
    public async Task PurgeAsync(CancellationToken ct)
    {
        await using var held = await LockAsync("down --purge", ct);
        var running = MemberProcesses.Find(FoldersToEnd());
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
                            $"slotwright down{NameOption(_cluster)}"
                        )),
                ]
            );
        }
        await DiskErrors.ExplainAsync(
            Folder.Path,
            () =>
            {
                ClusterRemoval.Remove(_root, Folder);
                return Task.FromResult(true);
            }
        );
    }

    private async Task<StartReport> CreateLockedAsync(LocalSpec spec, ServerBinary binary, CancellationToken ct)
    {
        var folder = Folder;
        ClusterRemoval.Sweep(_root);
        ThrowIfDataIsThere(folder);
        try
        {
            PasswordFile.Write(folder, spec.PasswordOrNull ?? PasswordFile.Random());
            for (var tries = 1; ; tries++)
            {
                var file = await PlanAsync(spec, binary, ct);
                try
                {
                    return await StartAsync(file, [.. Enumerable.Range(0, file.Members)], ct);
                }
                catch (OperationFailedException)
                    when (tries < MostTries && spec.BasePort is null && ClusterPlanner.IsTaken(file, Listener.ReadAll())
                    )
                {
                    // somebody who does not know of us chose the same addresses at the same moment: others are chosen
                }
            }
        }
        catch
        {
            RemoveFailed(folder);
            throw;
        }
    }

    private Task<ClusterFile> PlanAsync(LocalSpec spec, ServerBinary binary, CancellationToken ct) =>
        ChooseAsync(
            () =>
                ClusterPlanner.Plan(
                    spec with
                    {
                        Name = _cluster,
                    },
                    binary,
                    Folder.Path,
                    Others(),
                    Listener.ReadAll(),
                    PortRange.ReadEphemeral(),
                    GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
                    _time.GetUtcNow()
                ),
            ct
        );

    /// <summary>
    /// Chooses and writes under one lock for all clusters, so that two that begin together get different addresses.
    /// </summary>
    private async Task<ClusterFile> ChooseAsync(Func<ClusterFile> choose, CancellationToken ct)
    {
        SafeFileHandle? planning = null;
        var isMine = await Wait.UntilAsync(
            _ => ValueTask.FromResult((planning = LockedFile.TryTake(_root.Planning)) is not null),
            PlanningPatience,
            _time,
            ct
        );
        if (!isMine)
        {
            throw new OperationFailedException($"another command holds {_root.Planning}", next: "try again");
        }
        try
        {
            var file = choose();
            file.Write(Folder);
            return file;
        }
        finally
        {
            LockedFile.Release(planning!);
        }
    }

    private void RemoveFailed(ClusterFolder folder)
    {
        try
        {
            ClusterRemoval.Remove(_root, folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // why the creation failed is what counts
        }
    }

    private ImmutableArray<ClusterFile> Others() =>
        [
            .. new LocalClusters(_root, _time)
                .List()
                .Where(other => other.Problem is null)
                .Select(other => ClusterFile.Read(_root.Folder(other.Name))),
        ];

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
}
