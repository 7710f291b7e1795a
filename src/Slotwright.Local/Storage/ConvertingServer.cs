using Slotwright.Core.Configuration;
using Slotwright.Core.Failures;
using Slotwright.Core.Storage;
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
        await SideServer.EndLeftAsync(Lock, time, ct); // before its files are made anew
        using var socket = WorkSocket.In(engine.WorkFolder);
        AtomicFile.WriteDerived(Config, ConvertingConfig.Compose(member, engine.AuthFile, socket.Path));
        var server = await SideServer.StartAsync(engine.Program, Lock, Config, Log, time, ct);
        try
        {
            await SaveAsync(server, socket, files, ct);
        }
        finally
        {
            await server.EndAsync(); // a snapshot is whole or not there, the append-only files are not written
            File.Delete(Config);
        }
        File.Delete(Log);
    }

    private async Task SaveAsync(SideServer server, WorkSocket socket, AppendOnlyFiles files, CancellationToken ct)
    {
        var loaded = await Wait.UntilAsync(
            async inner =>
                !server.Lives
                    ? throw NotLoaded(server, files)
                    : await socket.AskAsync(RespCommand.Of("PING"), Patience, time, inner)
                        is RespValue.Simple { Text: "PONG" },
            Loading,
            LongestPause,
            time,
            ct
        );
        if (!loaded)
        {
            throw NotLoaded(server, files);
        }
        var reply = await socket.AskAsync(RespCommand.Of("SAVE"), Loading, time, ct);
        if (reply is not RespValue.Simple)
        {
            throw new OperationFailedException(
                $"the data of {files.Manifest ?? files.Folder} can't be saved as a snapshot: {Words(server, reply)}",
                done: "the append-only files are as they were",
                next: "make room on the disk for a snapshot of all data beside them, or go back to appendonly yes"
            );
        }
    }

    private static OperationFailedException NotLoaded(SideServer server, AppendOnlyFiles files) =>
        new(
            $"{files.Manifest ?? files.Folder} can't be loaded, and has the newest data: {server.LastWords}",
            done: "nothing was changed",
            next: "mend the append-only files (valkey-check-aof --fix), or go back to appendonly yes"
        );

    private static string Words(SideServer server, RespValue? reply) =>
        reply is RespValue.Error error ? $"{error.Text} ({server.LastWords})" : server.LastWords;
}
