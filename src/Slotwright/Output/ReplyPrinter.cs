using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Slotwright.Valkey.Resp;

namespace Slotwright.Output;

/// <summary>
/// Replies as valkey-cli prints them on a terminal (<see cref="Typed"/>), and as it prints them into a pipe
/// (<see cref="Raw"/>). Bytes, since replies need not be text.
/// </summary>
internal static class ReplyPrinter
{
    /// <summary>With their types, quotes and numbers; ends in a line break.</summary>
    public static ReadOnlyMemory<byte> Typed(RespValue reply)
    {
        var output = new ArrayBufferWriter<byte>();
        WriteTyped(output, reply, "");
        return output.WrittenMemory;
    }

    /// <summary>The bytes alone, one item a line; no line break at the end but for errors.</summary>
    public static ReadOnlyMemory<byte> Raw(RespValue reply)
    {
        var output = new ArrayBufferWriter<byte>();
        WriteRaw(output, reply);
        return output.WrittenMemory;
    }

    /// <summary>
    /// Commands whose reply is made for people, though RESP2 can't say so: valkey-cli prints it as it is, and this
    /// is its list.
    /// </summary>
    public static bool IsForPeople(RespCommand command)
    {
        var count = command.Arguments.Length;
        return command.Title switch
        {
            "INFO" or "LOLWUT" => true,
            "CLUSTER NODES" or "CLUSTER INFO" or "LATENCY DOCTOR" => count == 2,
            "LATENCY GRAPH" => count == 3,
            "CLIENT LIST" or "CLIENT INFO" or "MEMORY DOCTOR" or "MEMORY MALLOC-STATS" => true,
            "DEBUG HTSTATS" or "DEBUG HTSTATS-KEY" or "DEBUG CLIENT-EVICTION" => true,
            _ => false,
        };
    }

    private static void WriteTyped(ArrayBufferWriter<byte> output, RespValue reply, string prefix)
    {
        switch (reply)
        {
            case RespValue.Error error:
                Line(output, $"(error) {error.Text}");
                break;
            case RespValue.Simple simple:
                Line(output, simple.Text);
                break;
            case RespValue.Integer integer:
                Line(output, string.Create(CultureInfo.InvariantCulture, $"(integer) {integer.Value}"));
                break;
            case RespValue.Double number:
                Line(output, $"(double) {Text(number.Value)}");
                break;
            case RespValue.BigNumber number:
                Line(output, number.Digits);
                break;
            case RespValue.Boolean boolean:
                Line(output, boolean.Value ? "(true)" : "(false)");
                break;
            case RespValue.Null:
                Line(output, "(nil)");
                break;
            case RespValue.Verbatim verbatim:
                Line(output, verbatim.Text);
                break;
            case RespValue.Bulk bulk:
                WriteQuoted(output, bulk.Bytes.Span);
                Line(output, "");
                break;
            case RespValue.Array array:
                WriteItems(output, array.Items, ')', "(empty array)", prefix);
                break;
            case RespValue.Set set:
                WriteItems(output, set.Items, '~', "(empty set)", prefix);
                break;
            case RespValue.Push push:
                WriteItems(output, push.Items, ')', "(empty push)", prefix);
                break;
            case RespValue.Map map:
                WriteEntries(output, map.Entries, prefix);
                break;
            default:
                throw new ArgumentException($"{reply.GetType().Name} can't be printed", nameof(reply));
        }
    }

    private static void WriteItems(
        ArrayBufferWriter<byte> output,
        ImmutableArray<RespValue> items,
        char mark,
        string empty,
        string prefix
    )
    {
        if (items.IsEmpty)
        {
            Line(output, empty);
            return;
        }
        var width = Width(items.Length);
        var inner = prefix + new string(' ', width + 2);
        for (var i = 0; i < items.Length; i++)
        {
            WriteNumber(output, i, width, mark, prefix);
            WriteTyped(output, items[i], inner);
        }
    }

    private static void WriteEntries(
        ArrayBufferWriter<byte> output,
        ImmutableArray<KeyValuePair<RespValue, RespValue>> entries,
        string prefix
    )
    {
        if (entries.IsEmpty)
        {
            Line(output, "(empty hash)");
            return;
        }
        var width = Width(entries.Length);
        var inner = prefix + new string(' ', width + 2);
        for (var i = 0; i < entries.Length; i++)
        {
            WriteNumber(output, i, width, '#', prefix);
            var key = new ArrayBufferWriter<byte>();
            WriteTyped(key, entries[i].Key, inner);
            output.Write(key.WrittenSpan[..^1]);
            Write(output, " => ");
            WriteTyped(output, entries[i].Value, inner);
        }
    }

    /// <summary>The first number stands behind what is on its line already.</summary>
    private static void WriteNumber(ArrayBufferWriter<byte> output, int index, int width, char mark, string prefix)
    {
        var number = (index + 1).ToString(CultureInfo.InvariantCulture).PadLeft(width);
        Write(output, $"{(index == 0 ? "" : prefix)}{number}{mark} ");
    }

    private static int Width(int count) => count.ToString(CultureInfo.InvariantCulture).Length;

    private static void WriteQuoted(ArrayBufferWriter<byte> output, ReadOnlySpan<byte> bytes)
    {
        Write(output, "\"");
        foreach (var b in bytes)
        {
            switch (b)
            {
                case (byte)'\\' or (byte)'"':
                    output.Write([(byte)'\\', b]);
                    break;
                case >= 0x20 and < 0x7f:
                    output.Write([b]);
                    break;
                default:
                    Write(
                        output,
                        b switch
                        {
                            (byte)'\n' => "\\n",
                            (byte)'\r' => "\\r",
                            (byte)'\t' => "\\t",
                            (byte)'\a' => "\\a",
                            (byte)'\b' => "\\b",
                            _ => $"\\x{b:x2}",
                        }
                    );
                    break;
            }
        }
        Write(output, "\"");
    }

    private static void WriteRaw(ArrayBufferWriter<byte> output, RespValue reply)
    {
        switch (reply)
        {
            case RespValue.Null:
                break;
            case RespValue.Error error:
                Line(output, error.Text);
                break;
            case RespValue.Bulk bulk:
                output.Write(bulk.Bytes.Span);
                break;
            case RespValue.Integer integer:
                Write(output, integer.Value.ToString(CultureInfo.InvariantCulture));
                break;
            case RespValue.Double number:
                Write(output, Text(number.Value));
                break;
            case RespValue.BigNumber number:
                Write(output, number.Digits);
                break;
            case RespValue.Boolean boolean:
                Write(output, boolean.Value ? "(true)" : "(false)");
                break;
            case RespValue.Array { Items: var items }:
                WriteRaw(output, items);
                break;
            case RespValue.Set { Items: var items }:
                WriteRaw(output, items);
                break;
            case RespValue.Push { Items: var items }:
                WriteRaw(output, items);
                break;
            case RespValue.Map map:
                for (var i = 0; i < map.Entries.Length; i++)
                {
                    Write(output, i > 0 ? "\n" : "");
                    WriteRaw(output, map.Entries[i].Key);
                    Write(output, " ");
                    WriteRaw(output, map.Entries[i].Value);
                }
                break;
            default:
                Write(output, reply.AsText() ?? "");
                break;
        }
    }

    private static void WriteRaw(ArrayBufferWriter<byte> output, ImmutableArray<RespValue> items)
    {
        for (var i = 0; i < items.Length; i++)
        {
            Write(output, i > 0 ? "\n" : "");
            WriteRaw(output, items[i]);
        }
    }

    private static string Text(double number) =>
        number switch
        {
            double.PositiveInfinity => "inf",
            double.NegativeInfinity => "-inf",
            double.NaN => "nan",
            _ => number.ToString("R", CultureInfo.InvariantCulture),
        };

    private static void Line(ArrayBufferWriter<byte> output, string text)
    {
        Write(output, text);
        Write(output, "\n");
    }

    private static void Write(ArrayBufferWriter<byte> output, string text) => Encoding.UTF8.GetBytes(text, output);
}
