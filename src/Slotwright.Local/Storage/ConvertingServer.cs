using System.Collections;
using System.ComponentModel;
using Microsoft.Win32.SafeHandles;
using Slotwright.Core.Configuration;
using Slotwright.Core.Failures;
using Slotwright.Core.Storage;
using Slotwright.Local.Hosting;
using Slotwright.Local.Processes;
using Slotwright.Local.State;
using Slotwright.Operations.Running;
using Slotwright.Valkey.Resp;

namespace Slotwright.Local.Storage;

/// <summary>
/// A member's server that runs for itself, to load its append-only files and save a snapshot of them. Only by a
/// socket in its work folder can it be reached. It ends with its work; what a killed program has left of one is ended
/// at the next.
/// </summary>
internal sealed class ConvertingServer(StorageEngine engine, TimeProvider time)
{
    /// <summary>The file that is its stdin, by which it is known.</summary>
    public const string LockName = "converting";

    /// <summary>Data may take their time; a server that has gone is seen at once.</summary>
    private static readonly TimeSpan Loading = TimeSpan.FromHours(24);

    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private string Lock => $"{engine.WorkFolder}/{LockName}";

    private string Config => $"{engine.WorkFolder}/{LockName}.conf";

    private string Log => $"{engine.WorkFolder}/{LockName}.log";

    /// <exception cref="OperationFailedException">It could not; the append-only files are as they were.</exception>
    public async Task RunAsync(IReadOnlyList<ConfigLine> member, AppendOnlyFiles files, CancellationToken ct)
    {
        var held = await TakeAsync(ct);
        try
        {
            using var socket = WorkSocket.In(engine.WorkFolder);
            File.Delete(Log);
            AtomicFile.WriteDerived(Config, ConvertingConfig.Compose(member, engine.AuthFile, socket.Path));
            var process = Start(held);
            try
            {
                await SaveAsync(process, socket, files, ct);
            }
            finally
            {
                await EndAsync(process);
                File.Delete(Config);
            }
            File.Delete(Log);
        }
        finally
        {
            LockedFile.Release(held);
        }
    }

    private async Task<SafeFileHandle> TakeAsync(CancellationToken ct)
    {
        SafeFileHandle? held = null;
        await Wait.UntilAsync(
            _ =>
            {
                held = LockedFile.TryTake(Lock);
                if (held is null)
                {
                    foreach (var left in MemberProcesses.Holders([RealPath.Of(Lock)]))
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
                $"{engine.WorkFolder} is in use by a server that can't be seen from here",
                next: "end the server that another user or a container runs there"
            );
    }

    private ProcessIdentity Start(SafeFileHandle held)
    {
        try
        {
            var command = new DetachedCommand(
                engine.Program,
                [Config],
                [
                    .. Environment
                        .GetEnvironmentVariables()
                        .Cast<DictionaryEntry>()
                        .Select(variable => $"{variable.Key}={variable.Value}"),
                ],
                engine.WorkFolder,
                Log
            );
            var pid = DetachedProcess.Start(command, held);
            var identity = ProcessStat.Read(pid) is { } stat
                ? ProcessIdentity.Of(stat)
                : throw new OperationFailedException($"{engine.Program} ended as soon as it was started");
            Children.Add(identity);
            return identity;
        }
        catch (Win32Exception e)
        {
            throw new OperationFailedException($"{engine.Program} can't be started: {e.Message}", cause: e);
        }
    }

    private async Task SaveAsync(
        ProcessIdentity process,
        WorkSocket socket,
        AppendOnlyFiles files,
        CancellationToken ct
    )
    {
        var loaded = await Wait.UntilAsync(
            async inner =>
                process.Find() is null
                    ? throw NotLoaded(files)
                    : await socket.AskAsync(RespCommand.Of("PING"), Patience, time, inner)
                        is RespValue.Simple { Text: "PONG" },
            Loading,
            LongestPause,
            time,
            ct
        );
        if (!loaded)
        {
            throw NotLoaded(files);
        }
        var reply = await socket.AskAsync(RespCommand.Of("SAVE"), Loading, time, ct);
        if (reply is not RespValue.Simple)
        {
            throw new OperationFailedException(
                $"the data of {files.Manifest ?? files.Folder} can't be saved as a snapshot: {Words(reply)}",
                done: "the append-only files are as they were",
                next: "make room on the disk for a snapshot of all data beside them, or go back to appendonly yes"
            );
        }
    }

    private OperationFailedException NotLoaded(AppendOnlyFiles files) =>
        new(
            $"{files.Manifest ?? files.Folder} can't be loaded, and has the newest data: {LastWords}",
            done: "nothing was changed",
            next: "mend the append-only files (valkey-check-aof --fix), or go back to appendonly yes"
        );

    private string Words(RespValue? reply) =>
        reply is RespValue.Error error ? $"{error.Text} ({LastWords})" : LastWords;

    private string LastWords =>
        LogTail.Read(Log, 0) is { IsEmpty: false } lines ? string.Join(" / ", lines) : "its server says nothing";

    private async Task EndAsync(ProcessIdentity process)
    {
        using var cleanup = new CancellationTokenSource(Patience, time);
        Signals.Send(process, Signal.Kill); // a snapshot is whole or not there, the append-only files are not written
        await Wait.UntilAsync(_ => ValueTask.FromResult(process.Find() is null), Patience, time, cleanup.Token);
        Children.Reap(process);
    }
}
