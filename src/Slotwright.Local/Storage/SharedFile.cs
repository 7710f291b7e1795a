using Slotwright.Local.Processes;

namespace Slotwright.Local.Storage;

/// <summary>A file under a second name, whose bytes are never written again.</summary>
internal static class SharedFile
{
    /// <summary>Linked, or copied where the disk knows no links.</summary>
    public static void Make(string existing, string path)
    {
        if (Native.Link(existing, path) == 0)
        {
            return;
        }
        File.Copy(existing, path);
        using var copy = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
        RandomAccess.FlushToDisk(copy);
    }
}
