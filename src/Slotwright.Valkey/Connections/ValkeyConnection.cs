using System.Buffers;
using System.Collections.Immutable;
using Slotwright.Core.Failures;
using Slotwright.Valkey.Resp;

namespace Slotwright.Valkey.Connections;

/// <summary>
/// One connection to one server. Commands of several callers share it in the order in which they were sent
/// (pipelining); a caller that stops waiting does not disturb the others. What is sent while bytes are on their way
/// goes out together with the next write. It speaks RESP2, and passes over push messages of RESP3.
/// A caller goes on on the thread that read its reply, and others of the same connection wait for that: each thread that is
/// woken takes a processor from servers on the same machine (bench/reshard-load). So nobody may block there.
/// Commands that turn a connection into something else (SUBSCRIBE, MONITOR, PSYNC, CLIENT REPLY OFF) don't belong here.
/// </summary>
public sealed class ValkeyConnection : IAsyncDisposable, IThreadPoolWorkItem
{
    /// <summary>A buffer that a burst has made larger than this is not kept.</summary>
    private const int LargestKept = 1 << 20;

    private readonly Lock _gate = new();
    private readonly Stream _stream;
    private readonly RespReader _reader;
    private readonly CancellationTokenSource _end = new();
    private readonly Queue<IPendingReply> _pending = new();
    private ArrayBufferWriter<byte> _filling = new();
    private ArrayBufferWriter<byte> _sending = new();
    private bool _isWriting;
    private Breakage? _breakage;
    private Task _reading = Task.CompletedTask;
    private Task _writing = Task.CompletedTask;

    private ValkeyConnection(Stream stream, string label)
    {
        _stream = stream;
        _reader = new RespReader(stream);
        Label = label;
    }

    /// <summary>What the node is called in errors.</summary>
    public string Label { get; }

    /// <summary>It has ended: whatever is sent now fails.</summary>
    public bool IsBroken => Volatile.Read(ref _breakage) is not null;

    /// <summary>Completes when the connection has broken or was closed; never fails.</summary>
    public Task Ended => _reading;

    /// <summary>Authenticates, where credentials are given. The stream is the connection's from here on, also where this fails.</summary>
    /// <param name="label">What the node is called in errors.</param>
    /// <exception cref="OperationFailedException">It can't be read or the password is refused.</exception>
    public static async Task<ValkeyConnection> OpenAsync(
        Stream stream,
        Credentials? credentials,
        string label,
        CancellationToken ct
    )
    {
        var connection = new ValkeyConnection(stream, label);
        connection._reading = connection.ReadLoopAsync();
        try
        {
            if (credentials is not null)
            {
                var reply = await connection.SendAsync(credentials.ToCommand(), ct);
                if (Refusal.OfAuth(reply, label, credentials.User) is { } refusal)
                {
                    throw refusal;
                }
            }
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// The reply to one command. An error reply is a value; only a broken connection throws, and a server that
    /// wants a password (NOAUTH). Once cancelled, the command may still reach the server.
    /// </summary>
    /// <exception cref="OperationFailedException">The connection ended before the reply.</exception>
    public Task<RespValue> SendAsync(RespCommand command, CancellationToken ct)
    {
        if (ct.IsCancellationRequested)
        {
            return Task.FromCanceled<RespValue>(ct);
        }
        var pending = new PendingOne(command, Label, ct);
        Send(pending, command);
        return pending.Task;
    }

    /// <summary>The replies to several commands, in their order, sent in one go and not mixed with others'.</summary>
    /// <exception cref="OperationFailedException">The connection ended before the last reply.</exception>
    public Task<ImmutableArray<RespValue>> SendAllAsync(ImmutableArray<RespCommand> commands, CancellationToken ct)
    {
        if (ct.IsCancellationRequested)
        {
            return Task.FromCanceled<ImmutableArray<RespValue>>(ct);
        }
        if (commands.IsEmpty)
        {
            return Task.FromResult(ImmutableArray<RespValue>.Empty);
        }
        var pending = new PendingMany(commands, Label, ct);
        Send(pending, commands.AsSpan());
        return pending.Task;
    }

    public async ValueTask DisposeAsync()
    {
        Break(Breakage.Closed);
        await _stream.DisposeAsync();
        await _reading;
        await Volatile.Read(ref _writing);
        _reader.Dispose();
    }

    private void Send(IPendingReply pending, params ReadOnlySpan<RespCommand> commands)
    {
        Breakage? breakage;
        var (wake, isAlone) = (false, false);
        lock (_gate)
        {
            breakage = _breakage;
            if (breakage is null)
            {
                foreach (var command in commands)
                {
                    RespWriter.Write(_filling, command);
                }
                _pending.Enqueue(pending);
                (wake, isAlone) = (!_isWriting, _pending.Count == 1);
                _isWriting = true;
            }
        }
        if (breakage is not null)
        {
            pending.Fail(breakage);
        }
        else if (wake && isAlone)
        {
            Write();
        }
        else if (wake)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false); // so that a burst of one caller goes out as one write
        }
    }

    void IThreadPoolWorkItem.Execute() => Write();

    private void Write() => Volatile.Write(ref _writing, WriteLoopAsync());

    /// <summary>Ends when there is nothing left to send.</summary>
    private async Task WriteLoopAsync()
    {
        try
        {
            while (TakeFilled() is { } filled)
            {
                await _stream.WriteAsync(filled.WrittenMemory, _end.Token);
                await _stream.FlushAsync(_end.Token);
            }
        }
        catch (Exception e)
        {
            Break(Breakage.Of(e));
        }
    }

    private ArrayBufferWriter<byte>? TakeFilled()
    {
        lock (_gate)
        {
            if (_breakage is not null || _filling.WrittenCount == 0)
            {
                _isWriting = false;
                return null;
            }
            if (_sending.Capacity > LargestKept)
            {
                _sending = new ArrayBufferWriter<byte>();
            }
            _sending.ResetWrittenCount();
            (_filling, _sending) = (_sending, _filling);
            return _sending;
        }
    }

    private async Task ReadLoopAsync()
    {
        try
        {
            while (await _reader.FillAsync(_end.Token))
            {
                while (_reader.TryRead(out var reply))
                {
                    Deliver(reply);
                }
            }
            Break(Breakage.ByServer);
        }
        catch (Exception e)
        {
            Break(Breakage.Of(e));
        }
    }

    private void Deliver(RespValue reply)
    {
        if (reply is RespValue.Push)
        {
            return;
        }
        IPendingReply? first;
        lock (_gate)
        {
            _pending.TryPeek(out first);
        }
        if (first is null)
        {
            Break(Breakage.Unasked(reply));
        }
        else if (first.Take(reply))
        {
            lock (_gate)
            {
                _pending.TryDequeue(out _);
            }
            first.Complete();
        }
    }

    private void Break(Breakage breakage)
    {
        IPendingReply[] waiting;
        lock (_gate)
        {
            if (_breakage is not null)
            {
                return;
            }
            _breakage = breakage;
            waiting = [.. _pending];
            _pending.Clear();
        }
        foreach (var pending in waiting)
        {
            pending.Fail(breakage);
        }
        _end.Cancel();
    }
}
