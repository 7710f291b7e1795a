using Slotwright.Core.Cluster;
using Slotwright.Core.Failover;
using Slotwright.Core.Failures;
using Slotwright.Core.Observing;
using Slotwright.Valkey.Commands;
using Slotwright.Valkey.Connections;
using Slotwright.Valkey.Resp;

namespace Slotwright.Operations.Agent.Failover;

/// <summary>A primary that is probed: PING over a kept connection, and a connection to its bus port.</summary>
internal sealed class Neighbour(IAgentPlace place, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);

    private ValkeyConnection? _connection;
    private NodeAddress _address;
    private long? _promised;
    private long? _reached;

    public TimeSpan? SinceReached => Since(ref _reached);

    public SightAnswer Sight => new(Since(ref _promised)?.TotalMilliseconds, SinceReached?.TotalMilliseconds);

    public void Promised() => _promised = time.GetTimestamp();

    /// <returns>Whether both ports answered.</returns>
    public async Task<bool> ProbeAsync(PeerRow node, CancellationToken ct)
    {
        if (node.Address is not { } address)
        {
            return false;
        }
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        try
        {
            var bus = place.KnockAsync(address with { Port = node.BusPort }, Patience, time, ct);
            var connection = await ConnectAsync(address, either.Token);
            await connection.AskAsync(RespCommand.Of("PING"), either.Token);
            if (await bus != PortAnswer.Accepted)
            {
                return false;
            }
            _reached = time.GetTimestamp();
            return true;
        }
        catch (Exception e) when (e is OperationFailedException or IOException or OperationCanceledException)
        {
            ct.ThrowIfCancellationRequested();
            return false;
        }
    }

    /// <summary>Whether it says that a node owns slots; only after it was reached.</summary>
    public async Task<bool> SaysOwnsAsync(NodeId node, CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        try
        {
            return _connection is { } connection
                && (await connection.PeersAsync(either.Token)).Any(n => n.Id == node && !n.Slots.IsEmpty);
        }
        catch (Exception e) when (e is OperationFailedException or IOException or OperationCanceledException)
        {
            ct.ThrowIfCancellationRequested();
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is { } connection)
        {
            _connection = null;
            await connection.DisposeAsync();
        }
    }

    private async Task<ValkeyConnection> ConnectAsync(NodeAddress address, CancellationToken ct)
    {
        if (_connection is { IsBroken: false } && _address == address)
        {
            return _connection;
        }
        await DisposeAsync();
        _address = address;
        return _connection = await ValkeyConnection.OpenAsync(
            await place.DialAsync(address, time, ct),
            place.Credentials(),
            address.ToString(),
            ct
        );
    }

    private TimeSpan? Since(ref long? at) => at is { } then ? time.GetElapsedTime(then) : null;
}
