namespace Slotwright.Core.Restarts;

/// <summary>What is still missing to a server that was started from a snapshot, without append-only files.</summary>
/// <param name="Reason">For people, in one line; empty at the end.</param>
public sealed record ResumeProgress(ResumeDeed Deed, string Reason)
{
    private const string Failing = "it has resumed from its snapshot, and could not write its append-only file";

    /// <summary>The server tries again by itself, but something has to change first: a full disk, for example.</summary>
    public bool IsFailing => Reason == Failing;

    /// <param name="appendOnly">aof_enabled.</param>
    /// <param name="isRewriting">A rewrite runs, or is scheduled.</param>
    /// <param name="rewritten">aof_last_bgrewrite_status; false also where the file that is being written has to wait.</param>
    public static ResumeProgress Judge(bool loading, bool appendOnly, bool isRewriting, bool rewritten) =>
        loading ? new(ResumeDeed.Wait, "it is loading its data")
        : !appendOnly ? new(ResumeDeed.SwitchOn, "it has resumed from its snapshot, and keeps no append-only file yet")
        : isRewriting ? new(ResumeDeed.Wait, "it has resumed from its snapshot, and writes its append-only file")
        : !rewritten ? new(ResumeDeed.Wait, Failing)
        : new(ResumeDeed.Finish, "");
}
