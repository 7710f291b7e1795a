using System.Collections;
using System.Collections.Immutable;
using System.ComponentModel;
using Microsoft.Win32.SafeHandles;
using Slotwright.Core.Failures;
using Slotwright.Local.Hosting;
using Slotwright.Operations.Running;

namespace Slotwright.Local.Processes;

/// <summary>
/// A server that runs for a while before the member's own may. It is known by the file that is its stdin: what a killed
/// program has left of one is ended at the next.
/// </summary>
public sealed class SideServer
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ProcessIdentity _process;
    private readonly SafeFileHandle _held;
    private readonly string _log;
    private readonly TimeProvider _time;

    private SideServer(ProcessIdentity process, SafeFileHandle held, string log, TimeProvider time)
    {
        _process = process;
        _held = held;
        _log = log;
        _time = time;
    }

    public bool Lives => _process.Find() is not null;

    /// <summary>The end of its log, in one line.</summary>
    public string LastWords =>
        LogTail.Read(_log, 0) is { IsEmpty: false } lines ? string.Join(" / ", lines) : "its server says nothing";

    /// <summary>What a program that was killed has left of one.</summary>
    /// <param name="lockFile">An absolute path.</param>
    /// <exception cref="OperationFailedException">It can't be ended.</exception>
    public static async Task EndLeftAsync(string lockFile, TimeProvider time, CancellationToken ct)
    {
        if (File.Exists(lockFile))
        {
            LockedFile.Release(await TakeAsync(lockFile, time, ct));
        }
    }

    /// <param name="lockFile">An absolute path; made where it is missing.</param>
    /// <param name="config">The server's configuration; its folder is the one that it works in.</param>
    /// <param name="log">Where its words go; begun anew.</param>
    /// <exception cref="OperationFailedException">It can't be started.</exception>
    public static async Task<SideServer> StartAsync(
        string program,
        string lockFile,
        string config,
        string log,
        TimeProvider time,
        CancellationToken ct
    )
    {
        var held = await TakeAsync(lockFile, time, ct);
        try
        {
            File.Delete(log);
            return new SideServer(Start(program, config, log, held), held, log, time);
        }
        catch
        {
            LockedFile.Release(held);
            throw;
        }
    }

    /// <summary>At once: by KILL.</summary>
    public async Task EndAsync()
    {
        try
        {
            using var cleanup = new CancellationTokenSource(Patience, _time);
            Signals.Send(_process, Signal.Kill);
            await Wait.UntilAsync(_ => ValueTask.FromResult(!Lives), Patience, _time, cleanup.Token);
            Children.Reap(_process);
        }
        finally
        {
            LockedFile.Release(_held);
        }
    }

    private static async Task<SafeFileHandle> TakeAsync(string lockFile, TimeProvider time, CancellationToken ct)
    {
        SafeFileHandle? held = null;
        await Wait.UntilAsync(
            _ =>
            {
                held = LockedFile.TryTake(lockFile);
                if (held is null)
                {
                    foreach (var left in MemberProcesses.Holders([RealPath.Of(lockFile)]))
                    {
                        Signals.Send(left, Signal.Kill);
                    }
                }
                return ValueTask.FromResult(held is not null);
            },
            Patience,
            time,
            ct
        );
        return held
            ?? throw new OperationFailedException(
                $"{Path.GetDirectoryName(lockFile)} is in use by a server that can't be seen from here",
                next: "end the server that another user or a container runs there"
            );
    }

    private static ProcessIdentity Start(string program, string config, string log, SafeFileHandle held)
    {
        ImmutableArray<string> environment =
        [
            .. Environment
                .GetEnvironmentVariables()
                .Cast<DictionaryEntry>()
                .Select(variable => $"{variable.Key}={variable.Value}"),
        ];
        try
        {
            var command = new DetachedCommand(program, [config], environment, Path.GetDirectoryName(config)!, log);
            var pid = DetachedProcess.Start(command, held);
            var identity = ProcessStat.Read(pid) is { } stat
                ? ProcessIdentity.Of(stat)
                : throw new OperationFailedException($"{program} ended as soon as it was started");
            Children.Add(identity);
            return identity;
        }
        catch (Win32Exception e)
        {
            throw new OperationFailedException($"{program} can't be started: {e.Message}", cause: e);
        }
    }
}
