using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Slotwright.Valkey.Rdb;

/// <summary>The numbers and strings that an RDB file is made of, one after another.</summary>
internal sealed class RdbBytes(Stream stream)
{
    private const int Text = 64 * 1024;
    private const int Chunk = 16 * 1024;

    /// <exception cref="RdbFormatException">The file ends before.</exception>
    public byte Byte()
    {
        var b = stream.ReadByte();
        return b >= 0 ? (byte)b : throw CutOff();
    }

    /// <exception cref="RdbFormatException">The file ends before.</exception>
    public void Fill(Span<byte> bytes)
    {
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
        {
            throw CutOff();
        }
    }

    /// <summary>A length, or a number that is written as one.</summary>
    public ulong Length() =>
        Next() is (var value, false) ? value : throw new RdbFormatException("a length is no number");

    /// <summary>A string; a number where it is written as such. Null where it is compressed.</summary>
    public string? String()
    {
        switch (Next())
        {
            case (0, true):
                return ((sbyte)Byte()).ToString(CultureInfo.InvariantCulture);
            case (1, true):
                Span<byte> two = stackalloc byte[2];
                Fill(two);
                return BinaryPrimitives.ReadInt16LittleEndian(two).ToString(CultureInfo.InvariantCulture);
            case (2, true):
                Span<byte> four = stackalloc byte[4];
                Fill(four);
                return BinaryPrimitives.ReadInt32LittleEndian(four).ToString(CultureInfo.InvariantCulture);
            case (3, true):
                var compressed = Length();
                _ = Length();
                Skip(compressed);
                return null;
            case (var length and <= Text, false):
                var bytes = new byte[length];
                Fill(bytes);
                return Encoding.UTF8.GetString(bytes);
            case (var length, false):
                Skip(length);
                return null;
            case (var encoding, _):
                throw new RdbFormatException($"a string has the unknown encoding {encoding}");
        }
    }

    public void Skip(ulong bytes)
    {
        var chunk = new byte[Math.Min(bytes, Chunk)];
        while (bytes > 0)
        {
            var part = (int)Math.Min(bytes, Chunk);
            Fill(chunk.AsSpan(0, part));
            bytes -= (ulong)part;
        }
    }

    private (ulong Value, bool IsEncoding) Next()
    {
        var first = Byte();
        switch (first >> 6)
        {
            case 0:
                return (first, false);
            case 1:
                return (((ulong)(first & 0x3f) << 8) | Byte(), false);
            case 3:
                return ((ulong)(first & 0x3f), true);
        }
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        switch (first)
        {
            case 0x80:
                Fill(bytes[..sizeof(uint)]);
                return (BinaryPrimitives.ReadUInt32BigEndian(bytes), false);
            case 0x81:
                Fill(bytes);
                return (BinaryPrimitives.ReadUInt64BigEndian(bytes), false);
            default:
                throw new RdbFormatException($"a length begins with the unknown byte 0x{first:x2}");
        }
    }

    private static RdbFormatException CutOff() => new("it is cut off");
}
