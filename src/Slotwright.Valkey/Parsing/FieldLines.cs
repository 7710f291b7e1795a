namespace Slotwright.Valkey.Parsing;

/// <summary>Lines of <c>name:value</c> with headings (<c># Server</c>) and empty lines between: INFO and CLUSTER INFO.</summary>
internal static class FieldLines
{
    public static IEnumerable<(string Name, string Value)> Read(string text, string command)
    {
        for (var (start, line) = (0, 0); start < text.Length; line++)
        {
            var end = text.IndexOf('\n', start) is >= 0 and var found ? found : text.Length;
            var last = start + text.AsSpan(start, end - start).TrimEnd('\r').Length;
            if (last > start && text[start] != '#')
            {
                var colon = text.IndexOf(':', start, last - start);
                if (colon <= start)
                {
                    throw Place.Line(command, line).Wrong("not NAME:VALUE", text[start..last]);
                }
                yield return (InfoFieldNames.Get(text.AsSpan(start, colon - start)), text[(colon + 1)..last]);
            }
            start = end + 1;
        }
    }
}
