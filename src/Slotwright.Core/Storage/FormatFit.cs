using Slotwright.Core.Configuration;

namespace Slotwright.Core.Storage;

/// <summary>Whether an engine can read the files that it is about to load.</summary>
public static class FormatFit
{
    /// <param name="config">It may allow formats that the engine does not know (rdb-version-check, from 8.1 on).</param>
    /// <returns>A file that it can't read, with what that is; null where there is none.</returns>
    public static (string Path, SnapshotHead Head)? FirstMisfit(
        DiskContent disk,
        StorageChange change,
        bool appendOnly,
        Version engine,
        IReadOnlyList<ConfigLine> config
    )
    {
        if (config.LastOrDefault(line => line.Name == "rdb-version-check")?.Arguments.Trim('"', '\'') is "relaxed")
        {
            return null;
        }
        var loaded = change.LoadsAppendOnly(appendOnly)
            ? disk.AppendOnly?.Files.Select(file => (file.Path, file.Head)) ?? []
            : [(disk.Snapshot?.Path ?? "", disk.Snapshot?.Head)];
        foreach (var (path, head) in loaded)
        {
            if (head is not null && !RdbFormats.Reads(engine, head.Version))
            {
                return (path, head);
            }
        }
        return null;
    }
}
