using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Slotwright.Valkey.Resp;

/// <summary>
/// Bytes in, replies out. It takes pieces of any size and remembers what it has of an unfinished reply, so no byte
/// is looked at twice, however large a reply is.
/// </summary>
public sealed class RespParser(RespLimits? limits = null)
{
    private static readonly RespValue.Simple Ok = new("OK");

    private readonly RespLimits _limits = limits ?? RespLimits.Default;
    private RespFrame[] _frames = new RespFrame[4];
    private int _depth;
    private RespBulk _bulk;
    private long _position;

    /// <summary>The bytes consumed so far end within a reply.</summary>
    public bool IsWithinReply => _depth > 0 || _bulk.IsOpen;

    /// <summary>Bytes consumed so far.</summary>
    public long Position => _position;

    /// <param name="input">What follows the bytes that were consumed before.</param>
    /// <param name="consumed">How many of them need not be shown again.</param>
    /// <returns>False where more bytes are needed.</returns>
    /// <exception cref="RespFormatException">It is not RESP, or beyond the limits; nothing after it can be read.</exception>
    public bool TryRead(ReadOnlySpan<byte> input, out int consumed, [NotNullWhen(true)] out RespValue? value)
    {
        var start = _position;
        while (TryReadItem(input[(int)(_position - start)..], out var item))
        {
            while (item is not null && _depth > 0)
            {
                item = Collect(item);
            }
            if (item is not null)
            {
                consumed = (int)(_position - start);
                value = item;
                return true;
            }
        }
        consumed = (int)(_position - start);
        value = null;
        return false;
    }

    /// <returns>The innermost collection, where the item was its last.</returns>
    private RespValue? Collect(RespValue item)
    {
        ref var frame = ref _frames[_depth - 1];
        if (!frame.Add(item))
        {
            return null;
        }
        var done = frame.Kind == RespKind.Attribute ? null : frame.ToValue(); // attributes only comment on what follows
        frame = default;
        _depth--;
        return done;
    }

    /// <param name="item">Null where a beginning was read that yields no value yet.</param>
    private bool TryReadItem(ReadOnlySpan<byte> input, out RespValue? item)
    {
        if (_bulk.IsOpen)
        {
            return TryReadBulk(input, out item);
        }
        item = null;
        if (input.IsEmpty)
        {
            return false;
        }
        if (!IsKind(input[0]))
        {
            throw Wrong($"a reply can't begin with {Quote(input)}");
        }
        var end = input.IndexOf((byte)'\n');
        if (end < 0)
        {
            return input.Length <= _limits.MaxLineBytes
                ? false
                : throw Wrong($"a line is longer than {_limits.MaxLineBytes} bytes");
        }
        if (input[end - 1] != '\r')
        {
            throw Wrong($"a line ends without a carriage return: {Quote(input[..end])}");
        }
        item = ReadLine(input[0], input[1..(end - 1)], input[..(end - 1)]);
        _position += end + 1;
        return true;
    }

    private RespValue? ReadLine(byte kind, ReadOnlySpan<byte> line, ReadOnlySpan<byte> whole)
    {
        switch (kind)
        {
            case RespKind.Simple:
                return line.SequenceEqual("OK"u8) ? Ok : new RespValue.Simple(Encoding.UTF8.GetString(line));
            case RespKind.Error:
                return new RespValue.Error(Encoding.UTF8.GetString(line));
            case RespKind.Integer:
                return RespValue.Integer.Of(ReadNumber(line, whole));
            case RespKind.Bulk or RespKind.BulkError or RespKind.Verbatim:
                if (kind == RespKind.Bulk && line.SequenceEqual("-1"u8))
                {
                    return RespValue.Null.Instance;
                }
                _bulk = new RespBulk(kind, ReadLength(line, whole, _limits.MaxBulkBytes, "bytes"));
                return null;
            case RespKind.Array when line.SequenceEqual("-1"u8):
                return RespValue.Null.Instance;
            case RespKind.Array or RespKind.Set or RespKind.Push:
                return Begin(kind, ReadLength(line, whole, _limits.MaxItems, "items"));
            case RespKind.Map or RespKind.Attribute:
                return Begin(kind, 2 * ReadLength(line, whole, _limits.MaxItems / 2, "pairs"));
            case RespKind.Null when line.IsEmpty:
                return RespValue.Null.Instance;
            case RespKind.Boolean when line.SequenceEqual("t"u8):
                return new RespValue.Boolean(true);
            case RespKind.Boolean when line.SequenceEqual("f"u8):
                return new RespValue.Boolean(false);
            case RespKind.Double:
                return new RespValue.Double(ReadDouble(line, whole));
            case RespKind.BigNumber when IsWholeNumber(line):
                return new RespValue.BigNumber(Encoding.ASCII.GetString(line));
            default:
                throw Wrong($"{Quote(whole)} is not {Describe(kind)}");
        }
    }

    private RespValue? Begin(byte kind, int items)
    {
        if (items == 0)
        {
            return kind == RespKind.Attribute ? null : RespFrame.Make(kind, []);
        }
        if (_depth == _limits.MaxDepth)
        {
            throw Wrong($"a reply is nested deeper than {_limits.MaxDepth}");
        }
        if (_depth == _frames.Length)
        {
            Array.Resize(ref _frames, Math.Min(_limits.MaxDepth, _depth * 2));
        }
        _frames[_depth++] = new RespFrame(kind, items);
        return null;
    }

    private bool TryReadBulk(ReadOnlySpan<byte> input, out RespValue? item)
    {
        item = null;
        if (_bulk.Missing > 0)
        {
            var part = input[..Math.Min(_bulk.Missing, input.Length)];
            _bulk.Add(part);
            _position += part.Length;
            input = input[part.Length..];
        }
        if (_bulk.Missing > 0 || input.Length < 2)
        {
            return false;
        }
        if (input[0] != '\r' || input[1] != '\n')
        {
            throw Wrong($"a bulk does not end where it said, but goes on with {Quote(input)}");
        }
        item = _bulk.ToValue() ?? throw Wrong("a verbatim text does not begin with its format, as in 'txt:'");
        _position += 2;
        _bulk = default;
        return true;
    }

    private int ReadLength(ReadOnlySpan<byte> line, ReadOnlySpan<byte> whole, int limit, string unit)
    {
        var length = ReadNumber(line, whole);
        return length < 0 ? throw Wrong($"{Quote(whole)} announces a negative length")
            : length > limit ? throw Wrong($"{Quote(whole)} announces more than {limit} {unit}")
            : (int)length;
    }

    private long ReadNumber(ReadOnlySpan<byte> line, ReadOnlySpan<byte> whole) =>
        long.TryParse(line, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Wrong($"{Quote(whole)} is not {Describe(whole[0])}");

    private double ReadDouble(ReadOnlySpan<byte> line, ReadOnlySpan<byte> whole)
    {
        const NumberStyles Style =
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return line.SequenceEqual("inf"u8) ? double.PositiveInfinity
            : line.SequenceEqual("-inf"u8) ? double.NegativeInfinity
            : line.SequenceEqual("nan"u8) || line.SequenceEqual("-nan"u8) ? double.NaN
            : double.TryParse(line, Style, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
                ? number
            : throw Wrong($"{Quote(whole)} is not {Describe(whole[0])}");
    }

    private static bool IsWholeNumber(ReadOnlySpan<byte> line)
    {
        var digits = line.Length > 0 && line[0] is (byte)'-' or (byte)'+' ? line[1..] : line;
        return !digits.IsEmpty && !digits.ContainsAnyExceptInRange((byte)'0', (byte)'9');
    }

    private static bool IsKind(byte b) => "+-:$*_#,(!=%|~>"u8.Contains(b);

    private static string Describe(byte kind) =>
        kind switch
        {
            RespKind.Integer => "a whole number",
            RespKind.Null => "a null",
            RespKind.Boolean => "#t or #f",
            RespKind.Double => "a number",
            RespKind.BigNumber => "a big number",
            _ => "a length",
        };

    private RespFormatException Wrong(string problem) => new(problem, _position);

    private static string Quote(ReadOnlySpan<byte> bytes) => Printable.Quote(bytes);
}
