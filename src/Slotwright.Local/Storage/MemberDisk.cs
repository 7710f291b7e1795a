using System.Collections.Immutable;
using Slotwright.Core.Storage;
using Slotwright.Valkey.Rdb;

namespace Slotwright.Local.Storage;

/// <summary>What lies on the disk of a member whose server does not run: read, never changed.</summary>
public static class MemberDisk
{
    /// <exception cref="IOException">The disk can't be read.</exception>
    public static DiskContent Read(StorageSettings settings) =>
        new(ReadSnapshot(settings.SnapshotPath), ReadAppendOnly(settings))
        {
            Mark = ResumeFile.Read(settings.Folder),
            IsConverted = ConversionMark.IsThere(settings.Folder),
        };

    /// <inheritdoc cref="Read(StorageSettings)"/>
    /// <param name="dataFolder">An absolute path.</param>
    /// <param name="appendOnly">As <paramref name="dbFileName"/> and the rest, the server's setting of that name.</param>
    public static DiskContent Read(
        string dataFolder,
        bool appendOnly,
        string dbFileName,
        string appendDirName,
        string appendFileName
    ) => Read(new StorageSettings(dataFolder, appendOnly, dbFileName, appendDirName, appendFileName));

    private static Snapshot? ReadSnapshot(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }
        using var file = File.OpenRead(path);
        _ = RdbHeader.TryRead(file, out var head, out var damage);
        return new Snapshot(path, head, damage, Written(path)) { IsWhole = RdbEnd.IsThere(file) };
    }

    private static AppendOnlyFiles? ReadAppendOnly(StorageSettings settings)
    {
        if (!File.Exists(settings.ManifestPath))
        {
            // a server from before 7.0 had one file and no folder; newer ones take it over at their first start
            return File.Exists(settings.SingleFilePath)
                ? Folder(settings, null, [ReadFile(settings.SingleFilePath, AppendOnlyKind.Base)], null)
                : null;
        }
        return AppendOnlyManifest.TryParse(File.ReadAllText(settings.ManifestPath), out var manifest, out var damage)
            ? Folder(
                settings,
                settings.ManifestPath,
                [
                    .. from entry in manifest.Entries
                    where entry.Kind != AppendOnlyKind.History
                    select ReadFile($"{settings.AppendPath}/{entry.Name}", entry.Kind),
                ],
                null
            )
            : Folder(settings, settings.ManifestPath, [], damage);
    }

    private static AppendOnlyFiles Folder(
        StorageSettings settings,
        string? manifest,
        ImmutableArray<AppendOnlyFile> files,
        string? damage
    )
    {
        var paths = files.Where(file => !file.IsMissing).Select(file => file.Path);
        if (damage is not null)
        {
            paths = Directory.EnumerateFiles(settings.AppendPath);
        }
        var written = paths.Select(Written).DefaultIfEmpty(Written(manifest ?? settings.Folder)).Max();
        return new AppendOnlyFiles(settings.AppendPath, manifest, files, damage, written);
    }

    private static AppendOnlyFile ReadFile(string path, AppendOnlyKind kind)
    {
        if (!File.Exists(path))
        {
            return new AppendOnlyFile(path, kind, null, null, HasCommands: false, Written: null);
        }
        using var file = File.OpenRead(path);
        Span<byte> magic = stackalloc byte[RdbHeader.LongestMagic];
        if (!RdbHeader.IsMagic(magic[..file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false)]))
        {
            return new AppendOnlyFile(path, kind, null, null, file.Length > 0, Written(path));
        }
        file.Position = 0;
        _ = RdbHeader.TryRead(file, out var head, out var damage);
        // files of before 7.0 have their commands after the snapshot
        var hasCommands = head is { HasData: false } && file.Length > file.Position + RdbHeader.ChecksumLength;
        return new AppendOnlyFile(path, kind, head, damage, hasCommands, Written(path));
    }

    private static DateTimeOffset Written(string path) => new(File.GetLastWriteTimeUtc(path));
}
