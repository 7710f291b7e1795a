namespace Slotwright.Core.Healing;

/// <summary>
/// nodes.conf of a newer server, for an older one. From 9.0 on it says what 8.1 does not know (availability-zone), and
/// 8.1 ends with a crash at the first such word.
/// </summary>
public static class OlderNodesFile
{
    private static readonly string[] KnownToAll = ["shard-id=", "nodename=", "tcp-port=", "tls-port="];

    private static readonly Version FirstThatKnowsMore = new(9, 0);

    /// <param name="text">Of the file; what it leaves out the servers tell each other again.</param>
    public static string For(Version engine, string text) =>
        engine >= FirstThatKnowsMore ? text : string.Join('\n', text.Split('\n').Select(Line));

    private static string Line(string line)
    {
        var fields = line.Split(' ');
        if (fields.Length < 3 || fields[0] == "vars")
        {
            return line;
        }
        // address, hostname, then words of the form name=value
        fields[1] = string.Join(
            ',',
            fields[1]
                .Split(',')
                .Where((word, index) => index < 2 || KnownToAll.Any(k => word.StartsWith(k, StringComparison.Ordinal)))
        );
        return string.Join(' ', fields);
    }
}
