namespace Slotwright.Core.Slots;

/// <summary>Which of the 16384 hash slots a key belongs to (Valkey cluster specification, "Key distribution model").</summary>
public static class HashSlot
{
    /// <summary>Number of hash slots of every cluster.</summary>
    public const int Count = 16384;

    /// <summary>The slot of a key, 0 to 16383: CRC16 of its hash tag, or of the whole key where it has none.</summary>
    public static int Of(ReadOnlySpan<byte> key) => Crc16.Of(TagOf(key)) % Count;

    /// <summary>What is between the first <c>{</c> and the next <c>}</c>, where that is not empty; else the whole key.</summary>
    public static ReadOnlySpan<byte> TagOf(ReadOnlySpan<byte> key)
    {
        var open = key.IndexOf((byte)'{');
        if (open < 0)
        {
            return key;
        }
        var rest = key[(open + 1)..];
        var length = rest.IndexOf((byte)'}');
        return length > 0 ? rest[..length] : key;
    }
}
