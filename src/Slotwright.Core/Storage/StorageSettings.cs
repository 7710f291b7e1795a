using Slotwright.Core.Configuration;

namespace Slotwright.Core.Storage;

/// <summary>Where a server keeps its data, and in which form, by its configuration.</summary>
/// <param name="Folder">The setting dir.</param>
/// <param name="AppendOnly">It loads and writes append-only files, and no snapshot is loaded.</param>
/// <param name="SnapshotName">The setting dbfilename.</param>
/// <param name="AppendFolder">The setting appenddirname.</param>
/// <param name="AppendName">The setting appendfilename.</param>
public sealed record StorageSettings(
    string Folder,
    bool AppendOnly,
    string SnapshotName,
    string AppendFolder,
    string AppendName
)
{
    public string SnapshotPath => $"{Folder}/{SnapshotName}";

    public string AppendPath => $"{Folder}/{AppendFolder}";

    public string ManifestPath => $"{AppendPath}/{AppendOnlyManifest.FileName(AppendName)}";

    /// <summary>The one append-only file of servers before 7.0, which newer ones take into their folder.</summary>
    public string SingleFilePath => $"{Folder}/{AppendName}";

    /// <summary>As the server understands its configuration: what comes later wins.</summary>
    /// <param name="lines">Included files are not followed.</param>
    public static StorageSettings Of(IReadOnlyList<ConfigLine> lines) =>
        new(
            Value(lines, "dir", "."),
            string.Equals(Value(lines, "appendonly", "no"), "yes", StringComparison.OrdinalIgnoreCase),
            Value(lines, "dbfilename", "dump.rdb"),
            Value(lines, "appenddirname", "appendonlydir"),
            Value(lines, "appendfilename", "appendonly.aof")
        );

    private static string Value(IReadOnlyList<ConfigLine> lines, string name, string @default) =>
        lines.LastOrDefault(line => line.Name == name) is { } line
        && ConfigWords.Split(line.Arguments) is [{ Length: > 0 } value, ..]
            ? value
            : @default;
}
