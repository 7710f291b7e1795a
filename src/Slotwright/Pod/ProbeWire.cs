using System.Buffers;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Slotwright.Valkey.Resp;

namespace Slotwright.Pod;

/// <summary>
/// A connection for one question, in the caller's thread: a probe runs every few seconds in every pod, and threads,
/// timers and epoll cost more than the question itself.
/// </summary>
internal sealed class ProbeWire : IDisposable
{
    private readonly Socket _socket;
    private readonly RespParser _parser = new();
    private byte[] _buffer = new byte[16 * 1024];
    private int _start;
    private int _end;

    private ProbeWire(Socket socket) => _socket = socket;

    /// <param name="patience">How long the server may take to accept.</param>
    /// <exception cref="IOException">Nobody accepts there.</exception>
    public static ProbeWire Open(IPAddress address, int port, TimeSpan patience)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.Blocking = false;
            try
            {
                socket.Connect(new IPEndPoint(address, port));
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
            {
                if (!socket.Poll(patience, SelectMode.SelectWrite))
                {
                    throw new IOException($"no connection within {patience.TotalSeconds:0.#} s", e);
                }
                Check(socket);
            }
            socket.Blocking = true;
            return new ProbeWire(socket);
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw new IOException(
                e.SocketErrorCode == SocketError.ConnectionRefused ? "connection refused" : e.Message,
                e
            );
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The replies to commands that are sent in one go.</summary>
    /// <param name="patience">For all of them.</param>
    /// <exception cref="IOException">It does not answer in time, or breaks the connection.</exception>
    /// <exception cref="RespFormatException">What answers is no Valkey.</exception>
    public RespValue[] Ask(ReadOnlySpan<RespCommand> commands, TimeSpan patience)
    {
        var start = Stopwatch.GetTimestamp();
        try
        {
            var output = new ArrayBufferWriter<byte>();
            foreach (var command in commands)
            {
                RespWriter.Write(output, command);
            }
            _socket.SendTimeout = (int)patience.TotalMilliseconds;
            _socket.Send(output.WrittenSpan);
            var replies = new RespValue[commands.Length];
            for (var i = 0; i < replies.Length; i++)
            {
                RespValue? reply;
                while (!TryRead(out reply))
                {
                    Fill(patience - Stopwatch.GetElapsedTime(start));
                }
                replies[i] = reply!;
            }
            return replies;
        }
        catch (SocketException e)
        {
            throw new IOException(
                e.SocketErrorCode is SocketError.TimedOut or SocketError.WouldBlock
                    ? $"no answer within {patience.TotalSeconds:0.#} s"
                    : e.Message,
                e
            );
        }
    }

    public void Dispose() => _socket.Dispose();

    private static void Check(Socket socket)
    {
        var error = (int)socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error)!;
        if (error != 0)
        {
            throw new SocketException(error);
        }
    }

    private bool TryRead(out RespValue? reply)
    {
        var found = _parser.TryRead(_buffer.AsSpan(_start, _end - _start), out var consumed, out reply);
        _start += consumed;
        return found;
    }

    private void Fill(TimeSpan left)
    {
        if (left <= TimeSpan.Zero)
        {
            throw new SocketException((int)SocketError.TimedOut);
        }
        if (_start == _end)
        {
            _start = _end = 0;
        }
        else if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }
        _socket.ReceiveTimeout = Math.Max(1, (int)left.TotalMilliseconds);
        var read = _socket.Receive(_buffer.AsSpan(_end));
        _end += read > 0 ? read : throw new IOException("it closed the connection");
    }
}
