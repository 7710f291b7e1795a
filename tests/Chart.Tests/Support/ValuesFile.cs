using System.Text.RegularExpressions;

namespace Slotwright.Chart.Tests.Support;

/// <summary>
/// values.yaml as text: <c>## Title</c> begins a section, a comment describes the key below it.
/// </summary>
internal static partial class ValuesFile
{
    public static IReadOnlyList<ValuesLine> Read()
    {
        var lines = File.ReadAllLines(ChartFolder.Of("values.yaml"));
        var found = new List<ValuesLine>();
        var path = new List<(int Indent, string Key)>();
        var (section, comment) = ("", "");
        int? textBelow = null;
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i];
            var indent = line.Length - line.TrimStart().Length;
            if (textBelow is { } below && (line.Length == 0 || indent > below))
            {
                continue;
            }
            textBelow = null;
            if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                (section, comment) = (line[3..], "");
            }
            else if (line.TrimStart().StartsWith("# ", StringComparison.Ordinal))
            {
                comment = $"{comment} {line.TrimStart()[2..]}".Trim();
            }
            else if (Key().Match(line) is { Success: true } key)
            {
                path.RemoveAll(p => p.Indent >= indent);
                path.Add((indent, key.Groups["key"].Value));
                var value = key.Groups["value"].Value;
                textBelow = value == "|" ? indent : null;
                found.Add(new(string.Join('.', path.Select(p => p.Key)), section, Shown(value), comment));
                comment = "";
            }
            else
            {
                comment = "";
            }
        }
        return found;
    }

    private static string Shown(string value) =>
        value switch
        {
            "" or "|" => "see [values.yaml](values.yaml)",
            "null" => "",
            _ => $"`{value}`",
        };

    [GeneratedRegex(@"^ *(?<key>[A-Za-z]\w*):( (?<value>.+))?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Key();
}
