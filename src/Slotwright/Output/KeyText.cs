using System.Text;
using System.Text.Unicode;

namespace Slotwright.Output;

/// <summary>A key as text: as it is where it is UTF-8, else its other bytes as <c>\xff</c>.</summary>
internal static class KeyText
{
    public static string Of(ReadOnlySpan<byte> key)
    {
        if (Utf8.IsValid(key))
        {
            return Encoding.UTF8.GetString(key);
        }
        var text = new StringBuilder();
        foreach (var b in key)
        {
            _ = b is >= 0x20 and < 0x7f ? text.Append((char)b) : text.Append("\\x").Append(b.ToString("x2"));
        }
        return text.ToString();
    }
}
