using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Slotwright.Core.Configuration;

namespace Slotwright.Core.Storage;

/// <summary>The manifest of an append-only folder: which of its files are loaded, and in which order.</summary>
public sealed record AppendOnlyManifest(ImmutableArray<AppendOnlyEntry> Entries)
{
    /// <param name="appendFileName">The setting of that name.</param>
    public static string FileName(string appendFileName) => $"{appendFileName}.manifest";

    /// <summary>One for a folder that is made of a snapshot: that, and nothing since.</summary>
    public static AppendOnlyManifest Of(string appendFileName) =>
        new([
            new($"{appendFileName}.1.base.rdb", 1, AppendOnlyKind.Base),
            new($"{appendFileName}.1.incr.aof", 1, AppendOnlyKind.Incremental),
        ]);

    /// <summary>As strict as the server: it refuses to start with what is refused here.</summary>
    public static bool TryParse(
        string text,
        [NotNullWhen(true)] out AppendOnlyManifest? manifest,
        [NotNullWhen(false)] out string? damage
    )
    {
        manifest = null;
        var entries = ImmutableArray.CreateBuilder<AppendOnlyEntry>();
        var number = 0;
        foreach (var line in text.Split('\n').Select(line => line.Trim()))
        {
            number++;
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }
            if (Entry(line) is not { } entry)
            {
                damage = string.Create(CultureInfo.InvariantCulture, $"line {number} is not understood: {line}");
                return false;
            }
            entries.Add(entry);
        }
        damage = entries.Count == 0 ? "it names no file" : null;
        manifest = damage is null ? new AppendOnlyManifest(entries.ToImmutable()) : null;
        return manifest is not null;
    }

    /// <summary>As the server reads it.</summary>
    public string Render() =>
        string.Concat(
            Entries.Select(e =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"file {Setting.Text("file", e.Name).Arguments} seq {e.Sequence} type {Letter(e.Kind)}\n"
                )
            )
        );

    private static AppendOnlyEntry? Entry(string line)
    {
        var words = ConfigWords.Split(line);
        if (words is not { Length: > 0 } || words.Value.Length % 2 != 0)
        {
            return null;
        }
        string? Of(string name)
        {
            for (var i = 0; i < words.Value.Length; i += 2)
            {
                if (string.Equals(words.Value[i], name, StringComparison.OrdinalIgnoreCase))
                {
                    return words.Value[i + 1];
                }
            }
            return null;
        }
        return
            Of("file") is { Length: > 0 } file
            && !file.Contains('/', StringComparison.Ordinal)
            && long.TryParse(Of("seq"), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            && Kind(Of("type")) is { } kind
            ? new AppendOnlyEntry(file, sequence, kind)
            : null;
    }

    private static AppendOnlyKind? Kind(string? letter) =>
        letter switch
        {
            "b" => AppendOnlyKind.Base,
            "i" => AppendOnlyKind.Incremental,
            "h" => AppendOnlyKind.History,
            _ => null,
        };

    private static char Letter(AppendOnlyKind kind) =>
        kind switch
        {
            AppendOnlyKind.Base => 'b',
            AppendOnlyKind.Incremental => 'i',
            _ => 'h',
        };
}
