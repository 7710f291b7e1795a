using System.Collections.Immutable;
using System.ComponentModel;
using System.Net;
using Microsoft.Win32.SafeHandles;
using Slotwright.Core.Failures;
using Slotwright.Local.Healing;
using Slotwright.Local.Network;
using Slotwright.Local.Processes;
using Slotwright.Local.State;
using Slotwright.Operations.Running;

namespace Slotwright.Local.Hosting;

/// <summary>Starts members' servers and waits until they answer; on any failure ends again what it started.</summary>
internal sealed class MemberStarter(ClusterFolder folder, ClusterFile cluster, string password, TimeProvider time)
{
    private static readonly string[] PassedVariables = ["PATH", "HOME", "TZ", "TMPDIR", "LD_LIBRARY_PATH"];

    // a process that has just ended gives its ports back a moment after its lock
    private static readonly TimeSpan PortPatience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FirstAnswer = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Loading = TimeSpan.FromMinutes(30);

    private readonly string _revision = LocalSettings.Revision(cluster);

    /// <inheritdoc cref="LocalHost.IsWithoutGuards"/>
    public bool IsWithoutGuards { get; init; }

    /// <summary>The members must not run.</summary>
    /// <exception cref="OperationFailedException">A member could not be started; none of these runs.</exception>
    public async Task StartAsync(ImmutableArray<int> ordinals, CancellationToken ct)
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
            await StartInAsync(ordinals, running, ct);
        }
        finally
        {
            running.ForEach(file => file.Dispose());
        }
    }

    private async Task StartInAsync(ImmutableArray<int> ordinals, List<SafeFileHandle> running, CancellationToken ct)
    {
        var started = new List<MemberStart>(ordinals.Length);
        try
        {
            for (var i = 0; i < ordinals.Length; i++)
            {
                ct.ThrowIfCancellationRequested();
                started.Add(Spawn(ordinals[i], running[i]));
                // from here on the server alone holds it
                running[i].Dispose();
            }
            await AnswerAllAsync(started, ct);
        }
        catch
        {
            using var cleanup = new CancellationTokenSource(MemberStopper.CleanupDeadline, time);
            await MemberStopper.EndAsync([.. ordinals.Select(Folder)], time, cleanup.Token);
            throw;
        }
    }

    private async Task<SafeFileHandle> TakeFolderAsync(MemberFolder member, CancellationToken ct)
    {
        Directory.CreateDirectory(member.Path, Permissions.OwnerOnlyFolder);
        Directory.CreateDirectory(member.Data, Permissions.OwnerOnlyFolder);
        return await RunningFile.TakeAsync(member, time, ct);
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

    private MemberStart Spawn(int ordinal, SafeFileHandle running)
    {
        var member = Folder(ordinal);
        AtomicFile.WriteDerived(member.AuthConfig, LocalSettings.Auth(cluster, password).Render());
        AtomicFile.WriteDerived(member.Config, ConfigText(ordinal, member));
        TellAddresses(member);
        var logStart = LogTail.Length(member.Log);
        var stat = ProcessStat.Read(SpawnServer(member, running)) ?? throw Ended(member, logStart);
        var identity = ProcessIdentity.Of(stat);
        Children.Add(identity);
        new ProcessFile(ProcessFile.CurrentVersion, identity, _revision, time.GetUtcNow()).Write(member);
        return new MemberStart(member, ordinal, identity, logStart);
    }

    /// <summary>Members that come back under other addresses would not find each other.</summary>
    private void TellAddresses(MemberFolder member)
    {
        var disk = new NodesFileOnDisk(member.Nodes);
        if (!IsWithoutGuards && disk.Read() is { } file)
        {
            disk.Heal(
                file,
                Enumerable
                    .Range(0, cluster.Members)
                    .ToDictionary(cluster.Hostname, o => cluster.Addresses[o].Host, StringComparer.Ordinal)
            );
        }
    }

    private string ConfigText(int ordinal, MemberFolder member) =>
        "# Written by slotwright at each start: what is changed here is lost.\n"
        + LocalSettings.Member(cluster, ordinal, member).Render();

    private int SpawnServer(MemberFolder member, SafeFileHandle running)
    {
        var command = new DetachedCommand(
            cluster.Server.Path,
            [member.Config],
            [.. PassedVariables.Select(Variable).OfType<string>()],
            member.Path,
            member.Log
        );
        try
        {
            return DetachedProcess.Start(command, running);
        }
        catch (Win32Exception e)
        {
            throw new OperationFailedException(
                $"{cluster.Server.Path} can't be started: {e.Message}",
                member: member.Name,
                next: "give a valkey-server that runs here with --valkey",
                cause: e
            );
        }
    }

    private static string? Variable(string name) =>
        Environment.GetEnvironmentVariable(name) is { } value ? $"{name}={value}" : null;

    private async Task AnswerAllAsync(List<MemberStart> started, CancellationToken ct)
    {
        using var oneFailed = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var answers = started.Select(start => AnswerOrCancelAsync(start, oneFailed)).ToArray();
        var failures = (await Task.WhenAll(answers)).OfType<OperationFailedException>().ToList();
        ct.ThrowIfCancellationRequested();
        if (failures.Count > 0)
        {
            throw failures[0];
        }
    }

    private async Task<Exception?> AnswerOrCancelAsync(MemberStart start, CancellationTokenSource oneFailed)
    {
        try
        {
            await AnswerAsync(start, oneFailed.Token);
            return null;
        }
        catch (OperationCanceledException e)
        {
            return e;
        }
        catch (OperationFailedException e)
        {
            await oneFailed.CancelAsync();
            return e;
        }
    }

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
            throw Ended(start.Folder, start.LogStart);
        }
        return await MemberProbe.AskAsync(cluster.Addresses[start.Ordinal], password, time, ct);
    }

    private static OperationFailedException Ended(MemberFolder member, long logStart)
    {
        var words = LogTail.Read(member.Log, logStart);
        return new OperationFailedException(
            words.IsEmpty
                ? $"{member.Name} ended as soon as it was started, without a word"
                : $"{member.Name} ended as soon as it was started. Its last words:\n  {string.Join("\n  ", words)}",
            member: member.Name,
            next: $"see {member.Log}"
        );
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
