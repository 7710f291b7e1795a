using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Slotwright.Core.Storage;

namespace Slotwright.Valkey.Rdb;

/// <summary>The beginning of an RDB file, read up to the first key: what it is, without loading it.</summary>
public static class RdbHeader
{
    /// <summary>Both kinds of beginnings, <c>REDIS0011</c> and, from 9.0 on, <c>VALKEY080</c>.</summary>
    private const int MagicLength = 9;

    /// <summary>Bytes that <see cref="IsMagic"/> needs.</summary>
    public const int LongestMagic = 6;

    /// <summary>What follows the end of the data.</summary>
    public const int ChecksumLength = 8;

    /// <summary>More than any version has types of values (9.1: 22), with room for those to come.</summary>
    private const int LargestType = 63;

    private static ReadOnlySpan<byte> Redis => "REDIS"u8;

    private static ReadOnlySpan<byte> Valkey => "VALKEY"u8;

    /// <summary>Whether a file that begins with these bytes is meant as an RDB file.</summary>
    public static bool IsMagic(ReadOnlySpan<byte> bytes) => bytes.StartsWith(Redis) || bytes.StartsWith(Valkey);

    /// <param name="damage">Why it can't be understood, as an end of "dump.rdb: ".</param>
    /// <exception cref="IOException">The stream can't be read.</exception>
    public static bool TryRead(
        Stream stream,
        [NotNullWhen(true)] out SnapshotHead? head,
        [NotNullWhen(false)] out string? damage
    )
    {
        try
        {
            head = Read(stream);
            damage = null;
            return true;
        }
        catch (RdbFormatException e)
        {
            head = null;
            damage = e.Message;
            return false;
        }
    }

    /// <param name="stream">At the beginning of the file. Where there are no keys, it is then before the checksum.</param>
    /// <exception cref="RdbFormatException">It is no RDB file, or cut off.</exception>
    public static SnapshotHead Read(Stream stream)
    {
        var bytes = new RdbBytes(stream);
        var head = new SnapshotHead(Version(bytes), null, null, null, null, HasKeys: false, HasFunctions: false);
        while (true)
        {
            var opcode = bytes.Byte();
            switch ((RdbOpcode)opcode)
            {
                case RdbOpcode.Aux:
                    head = With(head, bytes.String(), bytes.String());
                    break;
                case RdbOpcode.Function:
                    _ = bytes.String();
                    head = head with { HasFunctions = true };
                    break;
                case RdbOpcode.ModuleAux:
                    RdbSkip.ModuleAux(bytes);
                    break;
                case RdbOpcode.SlotImport:
                    RdbSkip.SlotImport(bytes);
                    break;
                case RdbOpcode.SlotInfo:
                    RdbSkip.Lengths(bytes, 3);
                    break;
                case RdbOpcode.SelectDb:
                    RdbSkip.Lengths(bytes, 1);
                    break;
                case RdbOpcode.ResizeDb:
                    var keys = (long)bytes.Length();
                    head = head with { Keys = head.Keys ?? keys };
                    RdbSkip.Lengths(bytes, 1);
                    break;
                case RdbOpcode.End:
                    return head;
                case RdbOpcode.Idle or RdbOpcode.Frequency or RdbOpcode.ExpireMilliseconds or RdbOpcode.ExpireSeconds:
                    return head with { HasKeys = true };
                default:
                    return opcode <= LargestType
                        ? head with
                        {
                            HasKeys = true,
                        }
                        : throw new RdbFormatException($"0x{opcode:x2} stands where a key should");
            }
        }
    }

    private static int Version(RdbBytes bytes)
    {
        Span<byte> magic = stackalloc byte[MagicLength];
        bytes.Fill(magic);
        var digits =
            magic.StartsWith(Redis) ? magic[Redis.Length..]
            : magic.StartsWith(Valkey) ? magic[Valkey.Length..]
            : default;
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? version
            : throw new RdbFormatException($"it begins with '{Printable(magic)}', as no RDB file does");
    }

    private static SnapshotHead With(SnapshotHead head, string? name, string? value) =>
        name switch
        {
            "valkey-ver" or "redis-ver" => head with { Engine = value },
            "repl-id" => head with { ReplicationId = value },
            "repl-offset" => head with { ReplicationOffset = Number(value) },
            "ctime" when Number(value) is >= 0 and <= uint.MaxValue and var seconds => head with
            {
                Created = DateTimeOffset.FromUnixTimeSeconds(seconds),
            },
            _ => head,
        };

    private static long? Number(string? text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private static string Printable(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        foreach (var b in bytes)
        {
            text.Append(b is >= 0x20 and < 0x7f ? (char)b : '.');
        }
        return text.ToString();
    }
}
