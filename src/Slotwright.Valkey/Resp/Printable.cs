using System.Text;

namespace Slotwright.Valkey.Resp;

/// <summary>Foreign bytes as they may stand in a message: short, on one line, nothing that a terminal obeys.</summary>
public static class Printable
{
    private const int Longest = 48;

    public static string Quote(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder("'");
        foreach (var b in bytes[..Math.Min(bytes.Length, Longest)])
        {
            _ = b switch
            {
                (byte)'\r' => text.Append("\\r"),
                (byte)'\n' => text.Append("\\n"),
                >= 0x20 and < 0x7f => text.Append((char)b),
                _ => text.Append("\\x").Append(b.ToString("x2")),
            };
        }
        return text.Append(bytes.Length > Longest ? "...'" : "'").ToString();
    }

    public static string Quote(string text) => Quote(Encoding.UTF8.GetBytes(text));

    /// <summary>What a server wrote, without control characters.</summary>
    public static string Plain(string text) =>
        text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)) : text;
}
