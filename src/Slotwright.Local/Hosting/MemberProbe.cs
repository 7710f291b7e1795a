using System.Net;
using System.Net.Sockets;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Core.Observing;
using Slotwright.Valkey.Commands;
using Slotwright.Valkey.Connections;
using Slotwright.Valkey.Resp;

namespace Slotwright.Local.Hosting;

/// <summary>Asks a server that was just started whether it answers.</summary>
internal static class MemberProbe
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly RespCommand Ping = RespCommand.Of("PING");

    /// <summary>What it says to PING: <c>PONG</c>, <c>LOADING ...</c>, or why there is no reply.</summary>
    public static Task<string> AskAsync(
        NodeAddress address,
        string password,
        TimeProvider time,
        CancellationToken ct
    ) =>
        AskAsync(
            address,
            password,
            async (server, inner) =>
                await server.SendAsync(Ping, inner) switch
                {
                    RespValue.Simple reply => reply.Text,
                    RespValue.Error reply => reply.Text,
                    var reply => reply.ToString(),
                },
            why => why,
            time,
            ct
        );

    /// <returns>Null where it does not say.</returns>
    public static Task<ServerInfo?> InfoAsync(
        NodeAddress address,
        string password,
        TimeProvider time,
        CancellationToken ct
    ) =>
        AskAsync<ServerInfo?>(
            address,
            password,
            async (server, inner) => await server.ServerInfoAsync(inner),
            _ => null,
            time,
            ct
        );

    /// <param name="otherwise">Of why there is no answer.</param>
    private static async Task<T> AskAsync<T>(
        NodeAddress address,
        string password,
        Func<ValkeyConnection, CancellationToken, Task<T>> question,
        Func<string, T> otherwise,
        TimeProvider time,
        CancellationToken ct
    )
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        try
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await using var stream = new NetworkStream(await ConnectedAsync(socket, address, either.Token), true);
            await using var connection = await ValkeyConnection.OpenAsync(
                stream,
                new Credentials(null, password),
                address.ToString(),
                either.Token
            );
            return await question(connection, either.Token);
        }
        catch (Exception e) when (e is SocketException or IOException or OperationFailedException)
        {
            return otherwise(e.Message);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return otherwise($"no reply within {Patience.TotalSeconds:0} s");
        }
    }

    private static async Task<Socket> ConnectedAsync(Socket socket, NodeAddress address, CancellationToken ct)
    {
        try
        {
            await socket.ConnectAsync(IPAddress.Parse(address.Host), address.Port, ct);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
