using System.Collections.Immutable;

namespace Slotwright.Core.Configuration;

/// <summary>
/// The text of a valkey.conf as directives, in order; comments and empty lines are left out. Quotes and what they
/// hold stay as they were written: what is wrong with them the server says itself.
/// </summary>
public static class ConfigText
{
    /// <summary>What the server trims off a line.</summary>
    private const string Blank = " \t\r\n";

    public static ImmutableArray<ConfigLine> Parse(string text)
    {
        var lines = ImmutableArray.CreateBuilder<ConfigLine>();
        foreach (var range in text.AsSpan().Split('\n'))
        {
            var line = text.AsSpan()[range].Trim(Blank);
            if (line.IsEmpty || line[0] == '#')
            {
                continue;
            }
            var end = line.IndexOfAny(' ', '\t') is > 0 and var at ? at : line.Length;
            lines.Add(new ConfigLine(Name(line[..end]), line[end..].Trim(Blank).ToString()));
        }
        return lines.DrainToImmutable();
    }

    private static string Name(ReadOnlySpan<char> word) =>
        (word.Length > 2 && word[0] is '"' or '\'' && word[^1] == word[0] ? word[1..^1] : word)
            .ToString()
            .ToLowerInvariant();
}
