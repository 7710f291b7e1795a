using System.Net;
using System.Net.Sockets;
using Slotwright.Core.Cluster;

namespace Slotwright.Operations.Targets;

/// <summary>A TCP connection to an address, or the reason in words why there is none.</summary>
public static class TcpDialer
{
    /// <summary>How long a server may take to accept.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <inheritdoc cref="ConnectAsync(NodeAddress, IPAddress?, TimeProvider, CancellationToken)"/>
    public static ValueTask<Stream> ConnectAsync(NodeAddress address, TimeProvider time, CancellationToken ct) =>
        ConnectAsync(address, null, time, ct);

    /// <param name="from">The address of this machine that it comes from; null for whichever the kernel chooses.</param>
    /// <exception cref="IOException">Nobody accepts there; the message is the reason: <c>connection refused</c>.</exception>
    public static async ValueTask<Stream> ConnectAsync(
        NodeAddress address,
        IPAddress? from,
        TimeProvider time,
        CancellationToken ct
    )
    {
        var socket = from is null
            ? new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true }
            : new Socket(from.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            if (from is not null)
            {
                socket.Bind(new IPEndPoint(from, 0));
            }
            using var patience = new CancellationTokenSource(Patience, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
            await socket.ConnectAsync(new DnsEndPoint(address.Host, address.Port), either.Token);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            socket.Dispose();
            ct.ThrowIfCancellationRequested();
            throw new IOException(Reason(e), e);
        }
    }

    private static string Reason(Exception e) =>
        e switch
        {
            SocketException { SocketErrorCode: SocketError.ConnectionRefused } => "connection refused",
            SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain } => "no such host",
            SocketException => e.Message,
            _ => $"no answer within {Patience.TotalSeconds:0} s",
        };
}
