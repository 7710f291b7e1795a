using System.Globalization;
using Slotwright.Core.Storage;
using Slotwright.Local.State;

namespace Slotwright.Local.Storage;

/// <summary>
/// Makes a member's append-only folder, and sets it aside. Each is one rename: a kill at any moment leaves what was
/// there before, or what is wanted.
/// </summary>
internal static class AppendOnlyFolder
{
    /// <summary>Of the snapshot, whose bytes are shared rather than copied where the disk can do that.</summary>
    public static void Make(StorageSettings settings, DateTimeOffset now)
    {
        var making = $"{settings.AppendPath}.making";
        if (Directory.Exists(making))
        {
            Directory.Delete(making, recursive: true); // cut off
        }
        Directory.CreateDirectory(making, Permissions.OwnerOnlyFolder);
        var manifest = AppendOnlyManifest.Of(settings.AppendName);
        foreach (var entry in manifest.Entries)
        {
            if (entry.Kind == AppendOnlyKind.Base)
            {
                SharedFile.Make(settings.SnapshotPath, $"{making}/{entry.Name}");
            }
            else
            {
                AtomicFile.Write($"{making}/{entry.Name}", "");
            }
        }
        AtomicFile.Write($"{making}/{AppendOnlyManifest.FileName(settings.AppendName)}", manifest.Render());
        if (Directory.Exists(settings.AppendPath))
        {
            SetAside(settings, now); // without a manifest: to the server it is none
        }
        Directory.Move(making, settings.AppendPath);
        AtomicFile.FlushFolder(settings.Folder);
    }

    /// <summary>Nothing is deleted.</summary>
    /// <returns>Where the files are now.</returns>
    public static string SetAside(StorageSettings settings, DateTimeOffset now)
    {
        var aside = Free(
            $"{settings.AppendPath}.before-{now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}"
        );
        if (Directory.Exists(settings.AppendPath))
        {
            Directory.Move(settings.AppendPath, aside);
        }
        if (File.Exists(settings.SingleFilePath))
        {
            Directory.CreateDirectory(aside, Permissions.OwnerOnlyFolder);
            File.Move(settings.SingleFilePath, $"{aside}/{settings.AppendName}");
        }
        AtomicFile.FlushFolder(settings.Folder);
        return aside;
    }

    private static string Free(string path)
    {
        var free = path;
        for (var i = 2; Directory.Exists(free); i++)
        {
            free = string.Create(CultureInfo.InvariantCulture, $"{path}-{i}");
        }
        return free;
    }
}
