namespace Slotwright.Local.State;

/// <summary>
/// Deletes a cluster's folder at one stroke: by another name first, so that a removal that is cut short leaves no
/// half of a cluster behind.
/// </summary>
internal static class ClusterRemoval
{
    private const string Prefix = ".removed-";

    public static void Remove(StateRoot root, ClusterFolder folder)
    {
        var removed = $"{Path.GetDirectoryName(folder.Path)}/{Prefix}{folder.Name}-{Guid.NewGuid():N}";
        Directory.Move(folder.Path, removed);
        Directory.Delete(removed, recursive: true);
        Sweep(root);
    }

    /// <summary>Deletes what earlier removals left.</summary>
    public static void Sweep(StateRoot root)
    {
        foreach (var leftover in Directory.EnumerateDirectories(root.Local, Prefix + "*").ToList())
        {
            try
            {
                Directory.Delete(leftover, recursive: true);
            }
            catch (DirectoryNotFoundException)
            {
                // another command has swept it
            }
        }
    }
}
