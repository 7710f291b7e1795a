using System.Collections.Immutable;
using System.ComponentModel;
using System.Net;
using Microsoft.Win32.SafeHandles;
using Slotwright.Core.Failures;
using Slotwright.Local.Network;
using Slotwright.Local.Processes;
using Slotwright.Local.State;
using Slotwright.Operations.Running;

namespace Slotwright.Local.Hosting;

/// <summary>Starts members' servers and waits until they answer; on any failure ends again what it started.</summary>
internal sealed class MemberStarter(ClusterFolder folder, ClusterFile cluster, string password, TimeProvider time)
{
    private static readonly string[] PassedVariables = ["PATH", "HOME", "TZ", "TMPDIR", "LD_LIBRARY_PATH"];
    private static readonly TimeSpan FirstAnswer = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Loading = TimeSpan.FromMinutes(30);

    private readonly string revision = LocalSettings.Revision(cluster);

    /// <summary>The members must not run.</summary>
    /// <exception cref="OperationFailedException">A member could not be started; none of these runs.</exception>
    public async Task StartAsync(ImmutableArray<int> ordinals, CancellationToken ct)
    {
        CheckServer();
        CheckPorts(ordinals);
        var started = new List<MemberStart>(ordinals.Length);
        try
        {
            foreach (var ordinal in ordinals)
            {
                ct.ThrowIfCancellationRequested();
                started.Add(Spawn(ordinal));
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

    private void CheckPorts(ImmutableArray<int> ordinals)
    {
        var listeners = Listener.ReadAll();
        var taken = (
            from ordinal in ordinals
            let address = cluster.Addresses[ordinal]
            from port in new[] { address.Port, address.Port + PortBlocks.BusOffset }
            let holder = listeners.FirstOrDefault(l => l.Takes(IPAddress.Parse(address.Host), port))
            where holder is not null
            select $"{address.Host}:{port} by {PortHolder.Find(holder) ?? "a process that is not yours"}"
        ).ToList();
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

    private MemberStart Spawn(int ordinal)
    {
        var member = Folder(ordinal);
        Directory.CreateDirectory(member.Path, Permissions.OwnerOnlyFolder);
        Directory.CreateDirectory(member.Data, Permissions.OwnerOnlyFolder);
        using var running = TakeRunning(member);
        AtomicFile.Write(member.AuthConfig, LocalSettings.Auth(cluster, password).Render());
        AtomicFile.Write(member.Config, ConfigText(ordinal, member));
        var logStart = LogTail.Length(member.Log);
        var identity = ProcessIdentity.Of(ProcessStat.Read(SpawnServer(member, running))!);
        new ProcessFile(ProcessFile.CurrentVersion, identity, revision, time.GetUtcNow()).Write(member);
        return new MemberStart(member, ordinal, identity, logStart);
    }

    private string ConfigText(int ordinal, MemberFolder member) =>
        "# Written by slotwright at each start: what is changed here is lost.\n"
        + LocalSettings.Member(cluster, ordinal, member).Render();

    private static SafeFileHandle TakeRunning(MemberFolder member)
    {
        if (LockedFile.TryTake(member.Running) is { } free)
        {
            return free;
        }
        // a server that died may leave a child that still writes its old data; its successor must not meet it
        foreach (var leftover in MemberProcesses.Holders([member]))
        {
            Signals.Send(leftover, Signal.Kill);
        }
        var patience = new SpinWait();
        for (var tries = 0; tries < 1000; tries++)
        {
            if (LockedFile.TryTake(member.Running) is { } handle)
            {
                return handle;
            }
            patience.SpinOnce();
        }
        throw new OperationFailedException(
            $"{member.Path} is in use by a process that can't be seen from here",
            member: member.Name,
            next: "end the server that another user or a container runs there"
        );
    }

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
        string? answer = null;
        var isUp = await Wait.UntilAsync(
            async token => (answer = await AskAsync(start, token)) is not null,
            FirstAnswer,
            time,
            ct
        );
        if (isUp && !IsPong(answer))
        {
            isUp = await Wait.UntilAsync(
                async token => IsPong(answer = await AskAsync(start, token)),
                Loading,
                time,
                ct
            );
        }
        if (!isUp)
        {
            throw new OperationFailedException(
                $"{start.Folder.Name} does not answer{(answer is null ? "" : $": {answer}")}",
                member: start.Folder.Name,
                next: $"see {start.Folder.Log}"
            );
        }
    }

    private async ValueTask<string?> AskAsync(MemberStart start, CancellationToken ct)
    {
        if (start.Identity.Find() is null)
        {
            Signals.Reap(start.Identity);
            throw Ended(start);
        }
        var answer = await MemberProbe.AskAsync(cluster.Addresses[start.Ordinal], password, time, ct);
        return answer is null || IsPong(answer) || answer.StartsWith("LOADING", StringComparison.Ordinal)
            ? answer
            : throw new OperationFailedException(
                $"{start.Folder.Name} answers, but not as it should: {answer}",
                member: start.Folder.Name,
                command: "PING",
                next: $"see {start.Folder.Config} and {start.Folder.Log}"
            );
    }

    private static OperationFailedException Ended(MemberStart start)
    {
        var words = LogTail.Read(start.Folder.Log, start.LogStart);
        return new OperationFailedException(
            words.IsEmpty
                ? $"{start.Folder.Name} ended as soon as it was started, without a word"
                : $"{start.Folder.Name} ended as soon as it was started. Its last words:\n  {string.Join("\n  ", words)}",
            member: start.Folder.Name,
            next: $"see {start.Folder.Log}"
        );
    }

    private static bool IsPong(string? answer) => string.Equals(answer, "PONG", StringComparison.Ordinal);

    private static string Some(List<string> all)
    {
        const int Shown = 4;
        var some = string.Join(", ", all.Take(Shown));
        return all.Count > Shown ? $"{some} and {all.Count - Shown} more" : some;
    }
}
