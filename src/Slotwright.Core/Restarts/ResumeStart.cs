using Slotwright.Core.Storage;

namespace Slotwright.Core.Restarts;

/// <summary>
/// Whether a member's server starts from the snapshot that it ended with, and without its append-only files, so that
/// it goes on in its primary's stream where it left it.
/// </summary>
/// <param name="Why">A sentence's end, for the log.</param>
public sealed record ResumeStart(bool Resumes, string Why)
{
    /// <summary>A snapshot tells its beginning in whole seconds.</summary>
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <returns>Null where nothing was begun.</returns>
    public static ResumeStart? Judge(DiskContent disk)
    {
        if (disk.Mark is not { } mark)
        {
            return null;
        }
        if (disk.AppendOnly is not { Damage: null } files || files.BaseName != mark.Base)
        {
            return new(false, "its append-only files were made anew since");
        }
        if (disk.Snapshot is not { Head: { ReplicationId: not null } head, IsWhole: true } snapshot)
        {
            return new(false, "there is no whole snapshot with a place in its primary's stream");
        }
        var isFit = mark.Phase == ResumePhase.Resuming || IsOfThatEnd(mark, snapshot, head, files);
        return isFit
            ? new(true, $"it goes on from {snapshot.Path}, at offset {head.ReplicationOffset} of its primary's stream")
            : new(false, "its server did not end with a snapshot");
    }

    /// <summary>
    /// The server's last deed, and not a snapshot after which it went on: nothing came into the append-only files
    /// after the snapshot was begun.
    /// </summary>
    private static bool IsOfThatEnd(ResumeMark mark, Snapshot snapshot, SnapshotHead head, AppendOnlyFiles files) =>
        head.ReplicationId == mark.ReplicationId
        && head.ReplicationOffset >= mark.Offset
        && head.Created is { } created
        && created + Second > mark.From
        && created <= mark.Until
        && files.Written < created + Second;
}
