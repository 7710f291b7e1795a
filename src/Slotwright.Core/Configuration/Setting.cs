using System.Text;

namespace Slotwright.Core.Configuration;

/// <summary>One line of valkey.conf.</summary>
/// <param name="Arguments">
/// What stands after the name, quoted where it has to be: <c>900 1 300 10</c>, <c>"/a folder/data"</c>.
/// </param>
public sealed record Setting(string Name, string Arguments)
{
    /// <summary>A setting with one argument, quoted where the server's parser needs it.</summary>
    public static Setting Text(string name, string value) => new(name, Quote(value));

    public override string ToString() => $"{Name} {Arguments}";

    private static string Quote(string value)
    {
        if (value.Length > 0 && value.All(c => char.IsAsciiLetterOrDigit(c) || "/._-:,+@%".Contains(c)))
        {
            return value;
        }
        var quoted = new StringBuilder("\"");
        foreach (var b in Encoding.UTF8.GetBytes(value))
        {
            _ = b switch
            {
                (byte)'"' or (byte)'\\' => quoted.Append('\\').Append((char)b),
                < 0x20 or >= 0x7f => quoted.Append($"\\x{b:x2}"),
                _ => quoted.Append((char)b),
            };
        }
        return quoted.Append('"').ToString();
    }
}
