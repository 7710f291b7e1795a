using System.Buffers;
using System.Buffers.Text;
using System.Collections.Immutable;
using System.Text;

namespace Slotwright.Valkey.Resp;

/// <summary>Commands and replies as bytes.</summary>
public static class RespWriter
{
    private static ReadOnlySpan<byte> NewLine => "\r\n"u8;

    public static void Write(IBufferWriter<byte> output, RespCommand command)
    {
        WriteHeader(output, RespKind.Array, command.Arguments.Length);
        foreach (var argument in command.Arguments)
        {
            WriteBulk(output, RespKind.Bulk, argument.Span);
        }
    }

    /// <summary>A reply as a server sends it: RESP2 where RESP2 can say it, else RESP3.</summary>
    /// <exception cref="ArgumentException">A simple text that holds a line break, a format that is not three bytes long.</exception>
    public static void Write(IBufferWriter<byte> output, RespValue value)
    {
        switch (value)
        {
            case RespValue.Null:
                output.Write("$-1\r\n"u8);
                break;
            case RespValue.Simple simple:
                WriteLine(output, RespKind.Simple, simple.Text);
                break;
            case RespValue.Error error when error.Text.AsSpan().ContainsAny('\r', '\n'):
                WriteBulk(output, RespKind.BulkError, Encoding.UTF8.GetBytes(error.Text));
                break;
            case RespValue.Error error:
                WriteLine(output, RespKind.Error, error.Text);
                break;
            case RespValue.Integer integer:
                WriteHeader(output, RespKind.Integer, integer.Value);
                break;
            case RespValue.Bulk bulk:
                WriteBulk(output, RespKind.Bulk, bulk.Bytes.Span);
                break;
            case RespValue.Array array:
                WriteItems(output, RespKind.Array, array.Items);
                break;
            case RespValue.Set set:
                WriteItems(output, RespKind.Set, set.Items);
                break;
            case RespValue.Push push:
                WriteItems(output, RespKind.Push, push.Items);
                break;
            case RespValue.Map map:
                WriteHeader(output, RespKind.Map, map.Entries.Length);
                foreach (var (key, entry) in map.Entries)
                {
                    Write(output, key);
                    Write(output, entry);
                }
                break;
            case RespValue.Double number:
                WriteLine(output, RespKind.Double, Format(number.Value));
                break;
            case RespValue.Boolean boolean:
                output.Write(boolean.Value ? "#t\r\n"u8 : "#f\r\n"u8);
                break;
            case RespValue.BigNumber number:
                WriteLine(output, RespKind.BigNumber, number.Digits);
                break;
            case RespValue.Verbatim verbatim:
                WriteVerbatim(output, verbatim);
                break;
        }
    }

    private static void WriteItems(IBufferWriter<byte> output, byte kind, ImmutableArray<RespValue> items)
    {
        WriteHeader(output, kind, items.Length);
        foreach (var item in items)
        {
            Write(output, item);
        }
    }

    private static void WriteVerbatim(IBufferWriter<byte> output, RespValue.Verbatim verbatim)
    {
        var bytes = Encoding.UTF8.GetBytes($"{verbatim.Format}:{verbatim.Text}");
        if (Encoding.UTF8.GetByteCount(verbatim.Format) != 3)
        {
            throw new ArgumentException($"'{verbatim.Format}' is not a format of three bytes", nameof(verbatim));
        }
        WriteBulk(output, RespKind.Verbatim, bytes);
    }

    private static void WriteHeader(IBufferWriter<byte> output, byte kind, long number)
    {
        var line = output.GetSpan(24); // kind, 20 digits with sign, CR LF
        line[0] = kind;
        _ = Utf8Formatter.TryFormat(number, line[1..], out var digits);
        NewLine.CopyTo(line[(digits + 1)..]);
        output.Advance(digits + 3);
    }

    private static void WriteBulk(IBufferWriter<byte> output, byte kind, ReadOnlySpan<byte> bytes)
    {
        WriteHeader(output, kind, bytes.Length);
        output.Write(bytes);
        output.Write(NewLine);
    }

    private static void WriteLine(IBufferWriter<byte> output, byte kind, string text)
    {
        if (text.AsSpan().ContainsAny('\r', '\n'))
        {
            throw new ArgumentException("a simple text can't hold a line break", nameof(text));
        }
        output.Write([kind]);
        Encoding.UTF8.GetBytes(text, output);
        output.Write(NewLine);
    }

    private static string Format(double number) =>
        double.IsNaN(number) ? "nan"
        : double.IsPositiveInfinity(number) ? "inf"
        : double.IsNegativeInfinity(number) ? "-inf"
        : number.ToString("R");
}
