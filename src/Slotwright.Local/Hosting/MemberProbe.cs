using System.Net;
using System.Net.Sockets;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Valkey.Connections;
using Slotwright.Valkey.Resp;

namespace Slotwright.Local.Hosting;

/// <summary>Asks a server that was just started whether it answers.</summary>
internal static class MemberProbe
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly RespCommand Ping = RespCommand.Of("PING");

    /// <summary>What it says to PING: <c>PONG</c>, <c>LOADING ...</c>, or why there is no reply.</summary>
    public static async Task<string> AskAsync(
        NodeAddress address,
        string password,
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
            return await connection.SendAsync(Ping, either.Token) switch
            {
                RespValue.Simple reply => reply.Text,
                RespValue.Error reply => reply.Text,
                var reply => reply.ToString(),
            };
        }
        catch (Exception e) when (e is SocketException or IOException or OperationFailedException)
        {
            return e.Message;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return $"no reply within {Patience.TotalSeconds:0} s";
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
