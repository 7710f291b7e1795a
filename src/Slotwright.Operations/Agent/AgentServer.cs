using Slotwright.Core.Failures;
using Slotwright.Operations.Observing;
using Slotwright.Operations.Targets;
using Slotwright.Valkey.Commands;
using Slotwright.Valkey.Connections;

namespace Slotwright.Operations.Agent;

/// <summary>An agent's kept connection to its own server, made anew where it broke or the server is elsewhere.</summary>
internal sealed class AgentServer(IAgentPlace place, TimeProvider time) : IAsyncDisposable
{
    public const string Label = "the server";

    private ValkeyConnection? _connection;
    private Core.Cluster.NodeAddress _address;

    /// <exception cref="OperationFailedException">It does not answer, or not within <see cref="ClusterSession.AnswerBudget"/>.</exception>
    public Task<OwnView> LookAsync(CancellationToken ct) =>
        AskAsync(
            async (server, inner) =>
            {
                // in one burst
                var (nodes, cluster, info) = (
                    server.PeersAsync(inner),
                    server.ClusterInfoAsync(inner),
                    server.ServerInfoAsync(inner)
                );
                await Task.WhenAll(nodes, cluster, info);
                return new OwnView(await nodes, await cluster, await info);
            },
            ct
        );

    /// <inheritdoc cref="LookAsync"/>
    public async Task<T> AskAsync<T>(Func<ValkeyConnection, CancellationToken, Task<T>> question, CancellationToken ct)
    {
        using var budget = new CancellationTokenSource(ClusterSession.AnswerBudget, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, budget.Token);
        try
        {
            return await question(await ConnectAsync(either.Token), either.Token);
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            throw ClusterSession.Silence(Label, ClusterSession.AnswerBudget, e);
        }
        catch (IOException e)
        {
            throw new OperationFailedException(e.Message, Label, cause: e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
        {
            await _connection.DisposeAsync();
        }
    }

    private async Task<ValkeyConnection> ConnectAsync(CancellationToken ct)
    {
        var address = place.Server;
        if (_connection is { IsBroken: false } && _address == address)
        {
            return _connection;
        }
        await DisposeAsync();
        _connection = null;
        _address = address;
        return _connection = await ValkeyConnection.OpenAsync(
            await TcpDialer.ConnectAsync(address, time, ct),
            place.Credentials(),
            Label,
            ct
        );
    }
}
