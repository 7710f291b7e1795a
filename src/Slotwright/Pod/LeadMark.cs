using System.Globalization;
using Slotwright.Core.Fencing;
using Slotwright.Local.State;

namespace Slotwright.Pod;

/// <summary>
/// Where a primary was when it left, and none of its replicas followed it any more: nobody can have more than that. A
/// snapshot that has come so far needs no fence. It holds until a server runs again.
/// </summary>
internal static class LeadMark
{
    /// <param name="stream">Its replication id.</param>
    /// <param name="offset">Bytes of it.</param>
    public static void Write(PodPaths paths, string stream, long offset) =>
        AtomicFile.Write(paths.Lead, string.Create(CultureInfo.InvariantCulture, $"{stream} {offset}\n"));

    public static void Delete(PodPaths paths) => File.Delete(paths.Lead);

    public static bool Covers(PodPaths paths, OwnData own) =>
        own is { Kind: OwnDataKind.Snapshot, ReplicationId.Length: > 0 }
        && File.Exists(paths.Lead)
        && File.ReadAllText(paths.Lead).Split(' ', '\n') is [var stream, var text, ..]
        && stream == own.ReplicationId
        && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var offset)
        && own.Offset >= offset;
}
