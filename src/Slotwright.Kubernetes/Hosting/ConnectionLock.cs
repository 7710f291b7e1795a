using System.Collections.Immutable;
using System.Globalization;
using Slotwright.Core.Failures;
using Slotwright.Operations.Running;
using Slotwright.Operations.Targets;
using Slotwright.Valkey.Commands;
using Slotwright.Valkey.Connections;
using Slotwright.Valkey.Resp;

namespace Slotwright.Kubernetes.Hosting;

/// <summary>
/// The operation lock as the name of a connection to one server that all contenders agree on. It needs no right in
/// Kubernetes and no slot in Valkey, and is gone with its holder: the server closes what a killed process leaves. A
/// contender first says that it wants, and only then that it holds; among those that say the same the older connection
/// counts. Whoever yields gives up its name, and may try again.
/// </summary>
public sealed class ConnectionLock : IOperationLock
{
    private const string Wants = "slotwright-wants-";
    private const string Holds = "slotwright-holds-";

    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(5);

    /// <summary>A holder's machine that was lost is not noticed by the server for minutes.</summary>
    private static readonly TimeSpan Lapse = TimeSpan.FromSeconds(30);

    private readonly ValkeyConnection _connection;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _beating;

    private ConnectionLock(ValkeyConnection connection, TimeProvider time)
    {
        _connection = connection;
        _beating = BeatAsync(time);
    }

    /// <param name="connection">Becomes the lock's; the caller's to close where it is not given.</param>
    /// <exception cref="ClusterBusyException">Another holds it, or will in a moment.</exception>
    public static async Task<ConnectionLock> TakeAsync(
        ValkeyConnection connection,
        string target,
        string operation,
        TimeProvider time,
        CancellationToken ct
    )
    {
        var id = (await connection.AskAsync(RespCommand.Of("CLIENT", "ID"), ct)) is RespValue.Integer number
            ? number.Value
            : throw new OperationFailedException("it does not say its connection's id", connection.Label, "CLIENT ID");
        try
        {
            await NameAsync(connection, Wants + operation, ct);
            await YieldAsync(connection, target, id, ct);
            await NameAsync(connection, Holds + operation, ct);
            await YieldAsync(connection, target, id, ct);
            return new ConnectionLock(connection, time);
        }
        catch (ClusterBusyException)
        {
            await NameAsync(connection, "", ct);
            throw;
        }
    }

    /// <summary>Who holds it, by the server that all contenders agree on; null where nobody does.</summary>
    public static async Task<string?> HolderAsync(ValkeyConnection connection, CancellationToken ct) =>
        (await ListAsync(connection, ct)).FirstOrDefault(c => c.Holds && c.Idle <= Lapse)?.ToString();

    /// <summary>The server closes the connection of a holder that is taken for dead.</summary>
    public async ValueTask EnsureHeldAsync(CancellationToken ct) =>
        _ = await _connection.AskAsync(RespCommand.Of("PING"), ct);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _beating;
        await _connection.DisposeAsync();
        _end.Dispose();
    }

    private static async Task YieldAsync(ValkeyConnection connection, string target, long id, CancellationToken ct)
    {
        var holdsMyself = false;
        var rivals = new List<Contender>();
        foreach (var contender in await ListAsync(connection, ct))
        {
            if (contender.Id == id)
            {
                holdsMyself = contender.Holds;
            }
            else if (contender.Idle > Lapse)
            {
                await connection.SendAsync(RespCommand.Of("CLIENT", "KILL", "ID", $"{contender.Id}"), ct);
            }
            else
            {
                rivals.Add(contender);
            }
        }
        if (rivals.Find(r => r.Id < id || (r.Holds && !holdsMyself)) is { } rival)
        {
            throw new ClusterBusyException(target, rival.ToString(), null);
        }
    }

    private static async Task<ImmutableArray<Contender>> ListAsync(ValkeyConnection connection, CancellationToken ct)
    {
        var reply = await connection.AskAsync(RespCommand.Of("CLIENT", "LIST"), ct);
        return
        [
            .. (reply.AsText() ?? "")
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(Contender.Parse)
                .OfType<Contender>(),
        ];
    }

    private static Task<RespValue> NameAsync(ValkeyConnection connection, string name, CancellationToken ct) =>
        connection.AskAsync(RespCommand.Of("CLIENT", "SETNAME", name), ct);

    private async Task BeatAsync(TimeProvider time)
    {
        try
        {
            await Wait.UntilAsync(
                async ct =>
                {
                    await _connection.AskAsync(RespCommand.Of("PING"), ct);
                    return false;
                },
                TimeSpan.MaxValue,
                Heartbeat,
                time,
                _end.Token
            );
        }
        catch (Exception e) when (e is OperationFailedException or OperationCanceledException) { }
    }

    /// <summary>A connection whose name says that it wants or holds the lock.</summary>
    /// <param name="Id">Given by the server in the order of arrival.</param>
    private sealed record Contender(long Id, bool Holds, TimeSpan Idle, string Operation, string Address)
    {
        public static Contender? Parse(string line)
        {
            var fields = line.Split(' ')
                .Select(f => f.Split('=', 2))
                .Where(f => f.Length == 2)
                .ToDictionary(f => f[0], f => f[1], StringComparer.Ordinal);
            var name = fields.GetValueOrDefault("name", "");
            var holds = name.StartsWith(ConnectionLock.Holds, StringComparison.Ordinal);
            return
                (holds || name.StartsWith(Wants, StringComparison.Ordinal))
                && long.TryParse(
                    fields.GetValueOrDefault("id"),
                    NumberStyles.None,
                    CultureInfo.InvariantCulture,
                    out var id
                )
                && int.TryParse(
                    fields.GetValueOrDefault("idle"),
                    NumberStyles.None,
                    CultureInfo.InvariantCulture,
                    out var idle
                )
                ? new Contender(
                    id,
                    holds,
                    TimeSpan.FromSeconds(idle),
                    name[(holds ? ConnectionLock.Holds : Wants).Length..],
                    fields.GetValueOrDefault("addr", "")
                )
                : null;
        }

        public override string ToString() => $"{Operation} at {Address}";
    }
}
