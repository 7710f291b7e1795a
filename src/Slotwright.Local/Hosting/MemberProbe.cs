using System.Net;
using System.Net.Sockets;
using System.Text;
using Slotwright.Core.Cluster;

namespace Slotwright.Local.Hosting;

/// <summary>Asks a server that was just started whether it answers.</summary>
internal static class MemberProbe
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>The server's reply to PING: <c>PONG</c>, or an error such as <c>LOADING ...</c>; null for none yet.</summary>
    public static async Task<string?> AskAsync(
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
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(IPAddress.Parse(address.Host), address.Port, either.Token);
            await using var stream = new NetworkStream(socket);
            await stream.WriteAsync(Request(password), either.Token);
            using var reader = new StreamReader(stream, Encoding.UTF8);
            var auth = await reader.ReadLineAsync(either.Token);
            if (auth is null || auth.StartsWith('-'))
            {
                return auth?[1..];
            }
            return (await reader.ReadLineAsync(either.Token))?[1..];
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return null;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return null;
        }
    }

    private static byte[] Request(string password) =>
        Encoding.UTF8.GetBytes(
            $"*2\r\n$4\r\nAUTH\r\n${Encoding.UTF8.GetByteCount(password)}\r\n{password}\r\n*1\r\n$4\r\nPING\r\n"
        );
}
