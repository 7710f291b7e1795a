using System.Text;

namespace Slotwright.Valkey.Resp;

/// <summary>A bulk, bulk error or verbatim text of which not all bytes have come yet.</summary>
internal struct RespBulk(byte kind, int length)
{
    /// <summary>What is set aside on an announcement alone; more as bytes come.</summary>
    private const int FirstCapacity = 1 << 20;

    private byte[] _bytes = GC.AllocateUninitializedArray<byte>(Math.Min(length, FirstCapacity));
    private int _filled = 0;

    public readonly bool IsOpen => _bytes is not null;

    public readonly int Missing => length - _filled;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        var needed = _filled + bytes.Length;
        if (needed > _bytes.Length)
        {
            Array.Resize(ref _bytes, (int)Math.Min(length, Math.Max(needed, _bytes.Length * 2L)));
        }
        bytes.CopyTo(_bytes.AsSpan(_filled));
        _filled = needed;
    }

    /// <returns>Null where it is a verbatim text without its format.</returns>
    public readonly RespValue? ToValue() =>
        kind switch
        {
            RespKind.Bulk => new RespValue.Bulk(_bytes),
            RespKind.BulkError => new RespValue.Error(Encoding.UTF8.GetString(_bytes)),
            _ when length >= 4 && _bytes[3] == ':' => new RespValue.Verbatim(
                Encoding.UTF8.GetString(_bytes, 0, 3),
                Encoding.UTF8.GetString(_bytes, 4, length - 4)
            ),
            _ => null,
        };
}
