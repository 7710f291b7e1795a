using Slotwright.Core.Restarts;

namespace Slotwright.Core.Storage;

/// <summary>
/// Decides which of a member's files have its newest data. A server loads its append-only files where appendonly is
/// on, its snapshot where it is off, and never looks which of them is the newer.
/// </summary>
public static class StorageSwitch
{
    /// <summary>A snapshot tells its beginning in whole seconds, and the child that writes it begins a moment later.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(1);

    /// <param name="appendOnly">What the server is about to be started with.</param>
    /// <param name="before">What it was started with the last time, under these guards; null where never.</param>
    public static StorageChange Decide(DiskContent disk, bool appendOnly, bool? before) =>
        ResumeStart.Judge(disk) is { Resumes: true, Why: var why }
            ? new(appendOnly ? StorageAction.Resume : StorageAction.SetAppendOnlyAside, why)
        : appendOnly ? On(disk, before)
        : Off(disk, before);

    private static StorageChange On(DiskContent disk, bool? before)
    {
        if (disk.Snapshot is not { HasData: true })
        {
            return StorageChange.None;
        }
        if (disk.AppendOnly is not { } files)
        {
            return new(
                StorageAction.MakeAppendOnly,
                "appendonly is on, and there is a snapshot but no append-only file"
            );
        }
        // a server that was started with them writes them first: that nothing came for long makes them no older
        return before != true && IsNewer(disk.Snapshot, files)
            ? new(
                StorageAction.ReplaceAppendOnly,
                $"the append-only files end at {files.Written:u}, before the snapshot of {disk.Snapshot.Covers:u}"
            )
            : StorageChange.None;
    }

    private static StorageChange Off(DiskContent disk, bool? before)
    {
        if (disk.AppendOnly is not { } files)
        {
            return StorageChange.None;
        }
        if (disk.Snapshot is { } snapshot && IsNewer(snapshot, files))
        {
            return new(
                StorageAction.SetAppendOnlyAside,
                $"appendonly is off, and the snapshot of {snapshot.Covers:u} has all that the append-only files have"
            );
        }
        // a server that finds no append-only file begins one without data, beside a snapshot with all of them
        return !files.HasData && before != true
            ? new(StorageAction.SetAppendOnlyAside, "appendonly is off, and the append-only files have no data")
            : new(
                StorageAction.SaveSnapshot,
                $"appendonly is off, and the newest data are in the append-only files, of {files.Written:u}"
            );
    }

    private static bool IsNewer(Snapshot snapshot, AppendOnlyFiles files) =>
        snapshot.Covers > files.Written + Tolerance;
}
