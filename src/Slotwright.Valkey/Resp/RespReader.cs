using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Slotwright.Valkey.Resp;

/// <summary>Replies from a stream, which it does not own. One caller at a time.</summary>
public sealed class RespReader(Stream stream, RespLimits? limits = null) : IDisposable
{
    private const int FirstCapacity = 16 * 1024;

    private readonly RespParser _parser = new(limits);
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstCapacity);
    private int _start;
    private int _end;

    /// <summary>The next reply, where all of it has come already.</summary>
    /// <exception cref="RespFormatException">It is not RESP, or beyond the limits.</exception>
    public bool TryRead([NotNullWhen(true)] out RespValue? value)
    {
        var found = _parser.TryRead(_buffer.AsSpan(_start, _end - _start), out var consumed, out value);
        _start += consumed;
        return found;
    }

    /// <summary>Waits for more bytes.</summary>
    /// <returns>False where the stream has ended, and no reply is cut off by that.</returns>
    /// <exception cref="RespFormatException">The stream ended within a reply.</exception>
    public async ValueTask<bool> FillAsync(CancellationToken ct)
    {
        MakeRoom();
        var read = await stream.ReadAsync(_buffer.AsMemory(_end), ct);
        _end += read;
        return read > 0
            || (
                _start == _end && !_parser.IsWithinReply
                    ? false
                    : throw new RespFormatException("the stream ended within a reply", _parser.Position + _end - _start)
            );
    }

    /// <returns>Null where the stream has ended.</returns>
    /// <exception cref="RespFormatException">It is not RESP, is cut off, or is beyond the limits.</exception>
    public async ValueTask<RespValue?> ReadAsync(CancellationToken ct)
    {
        RespValue? value;
        while (!TryRead(out value))
        {
            if (!await FillAsync(ct))
            {
                return null;
            }
        }
        return value;
    }

    private void MakeRoom()
    {
        if (_start == _end)
        {
            _start = _end = 0;
        }
        else if (_end == _buffer.Length)
        {
            var target = _start > 0 ? _buffer : ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
            _buffer.AsSpan(_start, _end - _start).CopyTo(target);
            (_start, _end) = (0, _end - _start);
            if (target != _buffer)
            {
                ArrayPool<byte>.Shared.Return(_buffer);
                _buffer = target;
            }
        }
    }

    public void Dispose()
    {
        var buffer = _buffer;
        (_buffer, _start, _end) = ([], 0, 0);
        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
