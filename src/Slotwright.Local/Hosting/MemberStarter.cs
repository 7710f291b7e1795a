using System.Collections.Immutable;
using System.Net;
using Microsoft.Win32.SafeHandles;
using Slotwright.Core.Configuration;
using Slotwright.Core.Failures;
using Slotwright.Core.Fencing;
using Slotwright.Core.Storage;
using Slotwright.Local.Fencing;
using Slotwright.Local.Healing;
using Slotwright.Local.Network;
using Slotwright.Local.Processes;
using Slotwright.Local.Servers;
using Slotwright.Local.State;
using Slotwright.Operations.Fencing;
using Slotwright.Operations.Running;
using Slotwright.Operations.Targets;

namespace Slotwright.Local.Hosting;

/// <summary>Starts members' servers and waits until they answer; on any failure ends again what it started.</summary>
internal sealed class MemberStarter(ClusterFolder folder, ClusterFile cluster, string password, TimeProvider time)
{
    // a process that has just ended gives its ports back a moment after its lock
    private static readonly TimeSpan PortPatience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FirstAnswer = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Loading = TimeSpan.FromMinutes(30);

    private readonly MemberSpawner _spawner = new(folder, cluster, password, time);

    /// <summary>What a fence asks.</summary>
    public required IClusterTarget Target { get; init; }

    public required FenceOptions Fence { get; init; }

    public required ServerVersions Versions { get; init; }

    /// <summary>Somebody has said that members start with what they have.</summary>
    public bool IsToldToStart { get; init; }

    /// <inheritdoc cref="LocalHost.IsWithoutGuards"/>
    public bool IsWithoutGuards { get; init; }

    /// <summary>The members must not run.</summary>
    /// <returns>Those that are held back.</returns>
    /// <exception cref="OperationFailedException">A member could not be started; none of these runs.</exception>
    public async Task<ImmutableArray<HeldBackMember>> StartAsync(ImmutableArray<int> ordinals, CancellationToken ct)
    {
        CheckServer();
        var running = new List<SafeFileHandle>(ordinals.Length);
        try
        {
            foreach (var ordinal in ordinals)
            {
                running.Add(await TakeFolderAsync(Folder(ordinal), ct));
            }
            await CheckPortsAsync(ordinals, ct);
            await Task.WhenAll(ordinals.Select(o => StartHold.WaitAsync(Folder(o).StartHold, time, ct)));
            var data = ordinals.ToDictionary(o => o, o => IsWithoutGuards ? OwnData.Complete : DataOf(o));
            await PrepareStorageAsync(ordinals, ct);
            return await StartOrEndAsync(ordinals, running, data, ct);
        }
        finally
        {
            running.ForEach(file => file.Dispose());
        }
    }

    private async Task<ImmutableArray<HeldBackMember>> StartOrEndAsync(
        ImmutableArray<int> ordinals,
        List<SafeFileHandle> running,
        Dictionary<int, OwnData> data,
        CancellationToken ct
    )
    {
        try
        {
            return await StartInAsync(ordinals, running, data, ct);
        }
        catch
        {
            using var cleanup = new CancellationTokenSource(MemberStopper.CleanupDeadline, time);
            await MemberStopper.EndAsync([.. ordinals.Select(Folder)], time, cleanup.Token);
            throw;
        }
    }

    private async Task<ImmutableArray<HeldBackMember>> StartInAsync(
        ImmutableArray<int> ordinals,
        List<SafeFileHandle> running,
        Dictionary<int, OwnData> data,
        CancellationToken ct
    )
    {
        var fence = new LocalFence(folder, cluster, _spawner, Target, Fence, time) { IsToldToStart = IsToldToStart };
        var started = new List<MemberStart>(ordinals.Length);
        var fenced = new List<Func<CancellationToken, Task<FencedStart>>>();
        foreach (var (ordinal, handle) in ordinals.Zip(running))
        {
            ct.ThrowIfCancellationRequested();
            var own = data[ordinal];
            if (!IsWithoutGuards)
            {
                TellAddresses(Folder(ordinal));
            }
            if (fence.Stops(ordinal, own))
            {
                fenced.Add(inner => fence.StartAsync(ordinal, own, handle, inner));
            }
            else
            {
                started.Add(_spawner.Spawn(ordinal, handle));
            }
        }
        await AnswerAllAsync(started, ct); // those that a fence asks are among them
        var decided = await Together.RunAsync(fenced, ct);
        await AnswerAllAsync([.. decided.Select(d => d.Start).OfType<MemberStart>()], ct);
        started.AddRange(decided.Where(d => d.Decision is FenceDecision.Start).Select(d => d.Start!));
        await Task.WhenAll(started.Select(start => NoteStreamAsync(start, ct)));
        return
        [
            .. from one in decided
            where one.Decision is not FenceDecision.Start
            select new HeldBackMember(one.Name, one.Decision.Reason),
        ];
    }

    private async Task<SafeFileHandle> TakeFolderAsync(MemberFolder member, CancellationToken ct)
    {
        Directory.CreateDirectory(member.Path, Permissions.OwnerOnlyFolder);
        Directory.CreateDirectory(member.Data, Permissions.OwnerOnlyFolder);
        return await RunningFile.TakeAsync(member, time, ct);
    }

    private async Task PrepareStorageAsync(ImmutableArray<int> ordinals, CancellationToken ct)
    {
        if (IsWithoutGuards)
        {
            return;
        }
        var version = await Versions.FindAsync(cluster.Server.Path, ct) ?? Version.Parse(cluster.Server.Version);
        foreach (var ordinal in ordinals)
        {
            await LocalStorage.PrepareAsync(cluster, ordinal, Folder(ordinal), version, time, ct);
        }
    }

    private MemberFolder Folder(int ordinal) => folder.Member(cluster.MemberName(ordinal));

    private void CheckServer()
    {
        if (!File.Exists(cluster.Server.Path))
        {
            var version = Version.Parse(cluster.Server.Version);
            throw new OperationFailedException(
                $"the server {cluster.Server.Path} ({version}) is not there any more",
                next: $"slotwright valkey install {version.Major}.{version.Minor}"
            );
        }
    }

    private async Task CheckPortsAsync(ImmutableArray<int> ordinals, CancellationToken ct)
    {
        var taken = new List<string>();
        await Wait.UntilAsync(
            _ =>
            {
                taken = TakenPorts(ordinals);
                return ValueTask.FromResult(taken.Count == 0);
            },
            PortPatience,
            time,
            ct
        );
        if (taken.Count > 0)
        {
            throw new OperationFailedException(
                $"{(taken.Count == 1 ? "a port is" : "ports are")} taken: {Some(taken)}",
                done: "nothing was started",
                next: cluster.HasOwnAddresses
                    ? "end what holds them"
                    : "end what holds them, or bring up a new cluster with another --base-port"
            );
        }
    }

    private List<string> TakenPorts(ImmutableArray<int> ordinals)
    {
        var listeners = Listener.ReadAll();
        return
        [
            .. from ordinal in ordinals
            let address = cluster.Addresses[ordinal]
            from port in new[] { address.Port, address.Port + PortBlocks.BusOffset }
            let holder = listeners.FirstOrDefault(l => l.Takes(IPAddress.Parse(address.Host), port))
            where holder is not null
            select $"{address.Host}:{port} by {PortHolder.Find(holder) ?? "a process that is not yours"}",
        ];
    }

    private OwnData DataOf(int ordinal)
    {
        var settings = StorageSettings.Of(
            ConfigText.Parse(LocalSettings.Member(cluster, ordinal, Folder(ordinal)).Render())
        );
        return OwnDisk.Read(settings);
    }

    /// <summary>Members that come back under other addresses would not find each other.</summary>
    private void TellAddresses(MemberFolder member)
    {
        var disk = new NodesFileOnDisk(member.Nodes);
        if (disk.Read() is { } file)
        {
            disk.Heal(
                file,
                Enumerable
                    .Range(0, cluster.Members)
                    .ToDictionary(cluster.Hostname, o => cluster.Addresses[o].Host, StringComparer.Ordinal)
            );
        }
    }

    private Task<ImmutableArray<MemberStart>> AnswerAllAsync(IEnumerable<MemberStart> started, CancellationToken ct) =>
        Together.RunAsync(
            started.Select(start =>
                (Func<CancellationToken, Task<MemberStart>>)(
                    async inner =>
                    {
                        await AnswerAsync(start, inner);
                        return start;
                    }
                )
            ),
            ct
        );

    private async Task AnswerAsync(MemberStart start, CancellationToken ct)
    {
        var words = "";
        async Task<bool> SaysAsync(Func<string, bool> wanted, TimeSpan deadline) =>
            await Wait.UntilAsync(async token => wanted(words = await AskAsync(start, token)), deadline, time, ct);

        // data may take its time to load; a server that says nothing at all does not
        if (
            !await SaysAsync(said => IsPong(said) || IsLoading(said), FirstAnswer)
            || (!IsPong(words) && !await SaysAsync(IsPong, Loading))
        )
        {
            throw new OperationFailedException(
                $"{start.Folder.Name} does not answer as it should: {words}",
                member: start.Folder.Name,
                command: "PING",
                next: $"see {start.Folder.Log}"
            );
        }
    }

    private async Task<string> AskAsync(MemberStart start, CancellationToken ct)
    {
        if (start.Identity.Find() is null)
        {
            Children.Reap(start.Identity);
            throw MemberSpawner.Ended(start.Folder, start.LogStart);
        }
        return await MemberProbe.AskAsync(cluster.Addresses[start.Ordinal], password, time, ct);
    }

    /// <summary>A replica has come to nobody's stream yet.</summary>
    private async Task NoteStreamAsync(MemberStart start, CancellationToken ct)
    {
        if (
            await MemberProbe.InfoAsync(cluster.Addresses[start.Ordinal], password, time, ct) is
            { IsPrimary: true } info
        )
        {
            StreamsFile.Note(
                start.Folder.Streams,
                info.Fields.GetValueOrDefault("master_replid2", ""),
                info.Fields.GetValueOrDefault("master_replid", "")
            );
        }
    }

    private static bool IsPong(string words) => string.Equals(words, "PONG", StringComparison.Ordinal);

    private static bool IsLoading(string words) => words.StartsWith("LOADING", StringComparison.Ordinal);

    private static string Some(List<string> all)
    {
        const int Shown = 4;
        var some = string.Join(", ", all.Take(Shown));
        return all.Count > Shown ? $"{some} and {all.Count - Shown} more" : some;
    }
}
