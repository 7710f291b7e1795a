using Slotwright.Core.Restarts;
using Slotwright.Core.Storage;

namespace Slotwright.Core.Fencing;

/// <summary>What a member has on its disk before its server starts.</summary>
/// <param name="ReplicationId">Of a snapshot: the stream that it is a moment of; empty where it does not say.</param>
/// <param name="Offset">Of a snapshot: bytes of that stream that are in it.</param>
public sealed record OwnData(OwnDataKind Kind, string ReplicationId = "", long Offset = 0)
{
    public static OwnData Empty { get; } = new(OwnDataKind.Empty);

    public static OwnData Complete { get; } = new(OwnDataKind.Complete);

    /// <summary>
    /// As the disk was before anything was converted on it. Append-only files that are nothing but a moment of a stream
    /// have been made of a snapshot, and nobody has written since. Of a member that resumes, they are older than its
    /// snapshot.
    /// </summary>
    /// <param name="appendOnly">The server's setting.</param>
    public static OwnData Of(DiskContent disk, bool appendOnly) =>
        ResumeStart.Judge(disk) is { Resumes: true } ? OfSnapshot(disk.Snapshot!.Head)
        : disk.AppendOnly is { HasData: true } files
        && (appendOnly || disk.Snapshot is null || files.Written > disk.Snapshot.Covers)
            ? OfAppendOnly(files)
        : disk.AppendOnly is not null && appendOnly ? Empty
        : disk.Snapshot is { HasData: true } snapshot ? OfSnapshot(snapshot.Head)
        : Empty;

    private static OwnData OfAppendOnly(AppendOnlyFiles files) =>
        files.Base is { ReplicationId: not null } head
        && !files.Files.Any(f => f.Kind != AppendOnlyKind.Base && f.HasData)
            ? OfSnapshot(head)
            : Complete;

    private static OwnData OfSnapshot(SnapshotHead? head) =>
        new(OwnDataKind.Snapshot, head?.ReplicationId ?? "", head?.ReplicationOffset ?? 0);
}
