using System.Collections.Immutable;
using Slotwright.Core.Failures;

namespace Slotwright.Targets;

/// <summary>A file of <c>member=zone</c> lines; empty lines and lines that begin with # don't count.</summary>
internal static class ZonesFile
{
    /// <exception cref="BadInputException">It can't be read, or lines of it can't: all of them.</exception>
    public static ImmutableDictionary<string, string> Read(FileInfo file)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(file.FullName);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw UnreadableFile.Because(file, "--zones-file", e);
        }
        var problems = new List<Problem>();
        var zones = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (line, number) in lines.Select((l, i) => (l.Trim(), i + 1)))
        {
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }
            var equals = line.LastIndexOf('=');
            if (equals < 1 || equals == line.Length - 1)
            {
                var what = equals == 0 ? "names no member" : "has no zone";
                problems.Add(new Problem($"{file.Name}:{number}", $"'{line}' {what}", "write member=zone"));
            }
            else if (!zones.TryAdd(line[..equals].Trim(), line[(equals + 1)..].Trim()))
            {
                problems.Add(
                    new Problem($"{file.Name}:{number}", $"'{line[..equals].Trim()}' stands there twice", "keep one")
                );
            }
        }
        return problems.Count == 0 ? zones.ToImmutable() : throw new BadInputException([.. problems]);
    }
}
