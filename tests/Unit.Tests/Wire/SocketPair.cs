using System.Net;
using System.Net.Sockets;

namespace Slotwright.Unit.Tests.Wire;

/// <summary>Two ends of a TCP connection over loopback.</summary>
internal static class SocketPair
{
    public static async Task<(Stream Client, Stream Server)> CreateAsync()
    {
        using var listener = new Socket(SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        var client = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await client.ConnectAsync(listener.LocalEndPoint!);
        var server = await listener.AcceptAsync();
        return (new NetworkStream(client, ownsSocket: true), new NetworkStream(server, ownsSocket: true));
    }
}
