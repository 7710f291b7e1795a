namespace Slotwright.Valkey.Parsing;

/// <summary>Lines of <c>name:value</c> with headings (<c># Server</c>) and empty lines between: INFO and CLUSTER INFO.</summary>
internal static class FieldLines
{
    public static IEnumerable<(string Name, string Value)> Read(string text, string command)
    {
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].TrimEnd('\r');
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon < 1)
            {
                throw Place.Line(command, i).Wrong("not NAME:VALUE", line);
            }
            yield return (line[..colon], line[(colon + 1)..]);
        }
    }
}
