using System.Buffers;
using System.Net.WebSockets;
using System.Text;
using Slotwright.Core.Cluster;

namespace Slotwright.Kubernetes.Targets;

/// <summary>
/// One forwarded port as a stream. Every message begins with its channel, 0 for data and 1 for errors; the first of
/// each channel has the port's two bytes before anything else. Source: Kubernetes' v4.channel.k8s.io port-forward.
/// </summary>
/// <param name="pod">For errors.</param>
internal sealed class PortForwardStream(WebSocket socket, string pod, int port) : Stream
{
    private const byte Data = 0;
    private const byte Error = 1;
    private const int PortBytes = 2;
    private const int LargestMessage = 32 * 1024;

    private static readonly TimeSpan Farewell = TimeSpan.FromMilliseconds(250);

    private readonly byte[] _received = new byte[LargestMessage];
    private readonly int[] _portBytesLeft = [PortBytes, PortBytes];
    private readonly StringBuilder _error = new();
    private ReadOnlyMemory<byte> _unread;
    private int? _channel;

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_unread.IsEmpty)
        {
            if (!await ReceiveAsync(cancellationToken))
            {
                return 0;
            }
        }
        var count = Math.Min(buffer.Length, _unread.Length);
        _unread[..count].CopyTo(buffer);
        _unread = _unread[count..];
        return count;
    }

    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer,
        CancellationToken cancellationToken = default
    )
    {
        var message = ArrayPool<byte>.Shared.Rent(Math.Min(buffer.Length, LargestMessage) + 1);
        try
        {
            while (!buffer.IsEmpty)
            {
                var count = Math.Min(buffer.Length, LargestMessage);
                message[0] = Data;
                buffer[..count].CopyTo(message.AsMemory(1));
                await socket.SendAsync(
                    message.AsMemory(0, count + 1),
                    WebSocketMessageType.Binary,
                    endOfMessage: true,
                    cancellationToken
                );
                buffer = buffer[count..];
            }
        }
        catch (Exception e) when (e is WebSocketException or ObjectDisposedException)
        {
            throw Broken(e);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(message);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush() { }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        if (socket.State == WebSocketState.Open)
        {
            using var short_ = new CancellationTokenSource(Farewell);
            try
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, short_.Token);
            }
            catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException)
            { }
        }
        socket.Dispose();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            socket.Dispose();
        }
        base.Dispose(disposing);
    }

    /// <returns>False at the end.</returns>
    private async ValueTask<bool> ReceiveAsync(CancellationToken ct)
    {
        ValueWebSocketReceiveResult received;
        try
        {
            received = await socket.ReceiveAsync(_received.AsMemory(), ct);
        }
        catch (Exception e) when (e is WebSocketException or ObjectDisposedException)
        {
            throw Broken(e);
        }
        if (received.MessageType == WebSocketMessageType.Close)
        {
            return _error.Length > 0 ? throw Refused() : false;
        }
        Take(_received.AsMemory(0, received.Count));
        if (received.EndOfMessage)
        {
            _channel = null;
            return _error.Length > 0 ? throw Refused() : true;
        }
        return true;
    }

    private void Take(ReadOnlyMemory<byte> part)
    {
        if (_channel is null && !part.IsEmpty)
        {
            _channel = part.Span[0];
            part = part[1..];
        }
        if (_channel is not { } channel || channel >= _portBytesLeft.Length)
        {
            return;
        }
        var skipped = Math.Min(part.Length, _portBytesLeft[channel]);
        _portBytesLeft[channel] -= skipped;
        part = part[skipped..];
        if (channel == Data)
        {
            _unread = part;
        }
        else if (channel == Error)
        {
            _error.Append(Encoding.UTF8.GetString(part.Span));
        }
    }

    private IOException Broken(Exception e) =>
        new($"the port-forward to {new NodeAddress(pod, port)} broke: {e.Message.TrimEnd('.')}", e);

    private IOException Refused()
    {
        var words = _error.ToString().Trim();
        return new(
            words.Contains("connection refused", StringComparison.OrdinalIgnoreCase)
                ? $"nobody listens at port {port} in the pod"
                : words
        );
    }
}
