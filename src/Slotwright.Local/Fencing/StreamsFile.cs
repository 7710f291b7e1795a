using Slotwright.Local.State;

namespace Slotwright.Local.Fencing;

/// <summary>
/// The replication ids that a member had, a line each, the oldest first: by them it can tell at a start whose data is
/// later where two are not of one stream.
/// </summary>
public static class StreamsFile
{
    /// <summary>An id a start and a promotion; more than a member needs to look back on.</summary>
    private const int Most = 64;

    /// <returns>Empty where there is none.</returns>
    public static IReadOnlyList<string> Read(string path) => File.Exists(path) ? File.ReadAllLines(path) : [];

    /// <summary>Nothing to do where it is the last one already.</summary>
    /// <param name="former">The stream that it followed before (master_replid2); zeros alone for none.</param>
    /// <param name="current">The one that it has now (master_replid).</param>
    public static void Note(string path, string former, string current)
    {
        var known = Read(path);
        if (current.Length == 0 || (known.Count > 0 && known[^1] == current))
        {
            return;
        }
        var earlier =
            former.Trim('0').Length == 0 || known.Contains(former, StringComparer.Ordinal) ? known : [.. known, former];
        var kept = earlier.Where(id => id != current).TakeLast(Most - 1).Append(current);
        AtomicFile.Write(path, string.Concat(kept.Select(id => $"{id}\n")));
    }
}
