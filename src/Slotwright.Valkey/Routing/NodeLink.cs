using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Valkey.Connections;
using Slotwright.Valkey.Resp;

namespace Slotwright.Valkey.Routing;

/// <summary>
/// A client's one connection to one node: opened when it is first needed, opened anew after it broke. It is never
/// closed because answers are late: what was sent may still be carried out, and is then answered.
/// </summary>
internal sealed class NodeLink(NodeAddress address, ClusterClientOptions options) : IAsyncDisposable
{
    private static readonly RespCommand Asking = RespCommand.Of("ASKING");

    /// <summary>A node that answers later may have been replaced.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _end = new();
    private Task<ValkeyConnection>? _opening;
    private readonly Followers _followers = new();
    private volatile bool _isStuck;

    public NodeAddress Address { get; } = address;

    /// <summary>For what is sent and not answered, whether its caller still waits or not.</summary>
    public Room Room { get; } = new(options.Depth);

    /// <summary>Something was not answered in time, and nothing has been since.</summary>
    public bool IsStuck => _isStuck;

    /// <summary>Neither open nor being opened.</summary>
    public bool IsDown
    {
        get
        {
            lock (_gate)
            {
                return !IsUsable;
            }
        }
    }

    /// <summary>Null where none is open.</summary>
    public ValkeyConnection? OpenConnection =>
        Volatile.Read(ref _opening) is { IsCompletedSuccessfully: true, Result: { IsBroken: false } connection }
            ? connection
            : null;

    private bool IsUsable =>
        _opening is { IsCompleted: false } or { IsCompletedSuccessfully: true, Result.IsBroken: false };

    /// <summary>Sends a command and what is to follow it; who calls has entered the room, which is left here.</summary>
    /// <param name="hasMoved">Asked now and then while there is no answer: whether the slot has another owner.</param>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<Exchange> ExchangeAsync(
        RespCommand command,
        RespCommand? then,
        bool asking,
        Deadline deadline,
        Func<int, NodeAddress, bool> hasMoved,
        int slot,
        CancellationToken ct
    )
    {
        ValkeyConnection? connection = null;
        Task<RespValue>? first = null;
        Task<RespValue>? second = null;
        var sentAt = 0L;
        try
        {
            var opening = ConnectionAsync();
            connection = opening.IsCompletedSuccessfully
                ? opening.Result
                : await opening.WaitAsync(deadline.Left, options.Time, ct);
            sentAt = options.Time.GetTimestamp();
            first = asking ? SendAskingAsync(connection, command) : connection.SendAsync(command, default);
            while (!await IsAnsweredAsync(first, deadline, ct))
            {
                if (!asking && hasMoved(slot, Address))
                {
                    return new Exchange(null, null, "it did not answer, and another owns the slot by now", connection)
                    {
                        IsSilent = true,
                    };
                }
            }
            var reply = await first;
            var answeredAt = options.Time.GetTimestamp();
            _isStuck = false;
            second = then is null || reply is RespValue.Error ? null : _followers.SendAsync(connection, then);
            var follower = second is null ? null : await TryAsync(second, deadline, ct);
            return new Exchange(reply, follower, null, connection) { SentAt = sentAt, AnsweredAt = answeredAt };
        }
        catch (OperationFailedException e)
        {
            return new Exchange(null, null, e.Message, connection);
        }
        catch (TimeoutException)
        {
            _isStuck = true;
            var what = connection is null ? "it did not take a connection in time" : "it did not answer in time";
            return new Exchange(null, null, what, connection) { IsLate = true };
        }
        finally
        {
            LeaveRoomAfter(first, second, slot, command);
        }
    }

    /// <summary>The reply to a command that needs no room; nothing is said about why there is none.</summary>
    public async Task<RespValue?> TryAskAsync(RespCommand command, TimeSpan patience, CancellationToken ct)
    {
        var deadline = new Deadline(options.Time, patience);
        try
        {
            var connection = await ConnectionAsync().WaitAsync(deadline.Left, options.Time, ct);
            return await connection.SendAsync(command, ct).WaitAsync(deadline.Left, options.Time, ct);
        }
        catch (Exception e) when (e is OperationFailedException or TimeoutException)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        Task<ValkeyConnection>? opening;
        lock (_gate)
        {
            opening = _opening;
        }
        await CloseAsync(opening);
    }

    /// <returns>False where it takes long.</returns>
    /// <exception cref="TimeoutException">The deadline passed.</exception>
    private async ValueTask<bool> IsAnsweredAsync(Task reply, Deadline deadline, CancellationToken ct)
    {
        if (!reply.IsCompleted)
        {
            var patience = deadline.AtMost(Patience);
            await reply.WaitAsync(patience, options.Time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        ct.ThrowIfCancellationRequested();
        if (!reply.IsCompleted && deadline.Left == TimeSpan.Zero)
        {
            throw new TimeoutException();
        }
        _isStuck |= !reply.IsCompleted;
        return reply.IsCompleted;
    }

    private async Task<RespValue?> TryAsync(Task<RespValue> reply, Deadline deadline, CancellationToken ct)
    {
        try
        {
            return await reply.WaitAsync(deadline.Left, options.Time, ct);
        }
        catch (Exception e) when (e is OperationFailedException or TimeoutException)
        {
            return null;
        }
    }

    private static async Task<RespValue> SendAskingAsync(ValkeyConnection connection, RespCommand command) =>
        (await connection.SendAllAsync([Asking, command], default))[1];

    private void LeaveRoomAfter(Task<RespValue>? first, Task<RespValue>? second, int slot, RespCommand command)
    {
        if (first is { IsCompleted: false } || second is { IsCompleted: false })
        {
            _ = LeaveRoomLaterAsync(first, second, slot, command);
        }
        else
        {
            Room.Leave();
            _ = second?.Exception; // seen: it is of no interest
        }
    }

    private async Task LeaveRoomLaterAsync(
        Task<RespValue>? first,
        Task<RespValue>? second,
        int slot,
        RespCommand command
    )
    {
        if (first is { IsCompleted: false })
        {
            await ((Task)first).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (first.IsCompletedSuccessfully)
            {
                options.Late?.Invoke(new LateReply(slot, command, first.Result, Address, options.Time.GetTimestamp()));
            }
        }
        await ((Task?)second ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _isStuck = false;
        Room.Leave();
    }

    /// <summary>Callers that come while it is being opened share the attempt.</summary>
    private Task<ValkeyConnection> ConnectionAsync()
    {
        lock (_gate)
        {
            if (!IsUsable)
            {
                _opening = OpenAsync(_opening);
            }
            return _opening!;
        }
    }

    private async Task<ValkeyConnection> OpenAsync(Task<ValkeyConnection>? former)
    {
        await Task.Yield(); // out of the lock
        await CloseAsync(former);
        using var timeout = new CancellationTokenSource(options.ConnectTimeout, options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, _end.Token);
        try
        {
            var stream = await options.Connect(Address, either.Token);
            return await ValkeyConnection.OpenAsync(stream, options.Credentials, Address.ToString(), either.Token);
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
        {
            throw new OperationFailedException(
                e is OperationCanceledException
                    ? $"it did not take a connection within {options.ConnectTimeout.TotalMilliseconds:0} ms"
                    : $"it can't be reached: {e.Message}",
                Address.ToString(),
                next: "check that the server runs and can be reached from here",
                cause: e
            );
        }
    }

    private static async Task CloseAsync(Task<ValkeyConnection>? opening)
    {
        if (opening is null)
        {
            return;
        }
        await ((Task)opening).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (opening.IsCompletedSuccessfully)
        {
            await opening.Result.DisposeAsync();
        }
    }
}
