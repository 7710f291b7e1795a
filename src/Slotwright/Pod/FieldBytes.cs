using System.Globalization;
using System.Text;
using Slotwright.Valkey.Resp;

namespace Slotwright.Pod;

/// <summary>Single fields of INFO and CLUSTER INFO, without reading the rest.</summary>
internal readonly ref struct FieldBytes(RespValue reply)
{
    private readonly ReadOnlySpan<byte> _text = reply is RespValue.Bulk bulk ? bulk.Bytes.Span : default;

    /// <returns>Empty where the field is not there.</returns>
    public string Text(ReadOnlySpan<byte> name) => Encoding.UTF8.GetString(Find(name));

    public bool Is(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) => Find(name).SequenceEqual(value);

    /// <returns>0 where the field is not there, or no number.</returns>
    public int Number(ReadOnlySpan<byte> name) =>
        int.TryParse(Find(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private ReadOnlySpan<byte> Find(ReadOnlySpan<byte> name)
    {
        for (var rest = _text; !rest.IsEmpty; )
        {
            var end = rest.IndexOf((byte)'\n');
            var line = end < 0 ? rest : rest[..end];
            if (line.Length > name.Length && line[name.Length] == (byte)':' && line.StartsWith(name))
            {
                return line[(name.Length + 1)..].TrimEnd((byte)'\r');
            }
            rest = end < 0 ? default : rest[(end + 1)..];
        }
        return default;
    }
}
