using Slotwright.Core.Restarts;
using Slotwright.Core.Storage;

namespace Slotwright.Core.Fencing;

/// <summary>What a member has on its disk before its server starts.</summary>
/// <param name="ReplicationId">Of a snapshot: the stream that it is a moment of; empty where it does not say.</param>
/// <param name="Offset">Of a snapshot: bytes of that stream that are in it.</param>
public sealed record OwnData(OwnDataKind Kind, string ReplicationId = "", long Offset = 0)
{
    /// <summary>Of a snapshot: its keys; null where it does not say.</summary>
    public long? Keys { get; init; }

    /// <summary>
    /// Of a snapshot: it becomes append-only files now, or has just become them, since appendonly was switched on. Where
    /// that was done to a whole cluster, replicas have read such files too, which tell nothing of streams.
    /// </summary>
    public bool IsSwitched { get; init; }

    /// <summary>
    /// Of a snapshot: its server kept no append-only file since. What it acknowledged, were it elected, is in its replicas'
    /// files alone.
    /// </summary>
    public bool IsResuming { get; init; }

    public static OwnData Empty { get; } = new(OwnDataKind.Empty);

    public static OwnData Complete { get; } = new(OwnDataKind.Complete);

    /// <summary>
    /// What its server will load, once the files are prepared for it. Append-only files that are nothing but a moment of a
    /// stream have been made of a snapshot, and nobody has written since.
    /// </summary>
    /// <param name="appendOnly">The server's setting.</param>
    /// <param name="before">With what it was started the last time, under these guards; null where never.</param>
    public static OwnData Of(DiskContent disk, bool appendOnly, bool? before) =>
        !StorageSwitch.Decide(disk, appendOnly, before).LoadsAppendOnly(appendOnly)
            ? OfSnapshot(disk, isSwitched: appendOnly && before != true) with
            {
                IsResuming = disk.Mark is { Phase: ResumePhase.Resuming },
            }
        : disk.AppendOnly is { HasData: true } files ? OfAppendOnly(files)
        : Empty;

    private static OwnData OfSnapshot(DiskContent disk, bool isSwitched) =>
        disk.Snapshot is not { HasData: true } snapshot ? Empty
        : disk.IsConverted && snapshot.Head?.ReplicationId is null ? Complete
        : OfSnapshot(snapshot.Head, isSwitched);

    private static OwnData OfAppendOnly(AppendOnlyFiles files) =>
        files.Base is { ReplicationId: not null } head
        && !files.Files.Any(f => f.Kind != AppendOnlyKind.Base && f.HasData)
            ? OfSnapshot(head, isSwitched: true)
            : Complete;

    private static OwnData OfSnapshot(SnapshotHead? head, bool isSwitched) =>
        new(OwnDataKind.Snapshot, head?.ReplicationId ?? "", head?.ReplicationOffset ?? 0)
        {
            Keys = head?.Keys,
            IsSwitched = isSwitched,
        };
}
