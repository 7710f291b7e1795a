using System.Globalization;
using Slotwright.Core.Observing;

namespace Slotwright.Core.Restarts;

/// <summary>
/// Whether a replica's server ends with a snapshot and the next goes on from it. For that time the member has no
/// append-only file that is whole, so that its primary must have one.
/// </summary>
public static class ResumeChoice
{
    /// <param name="isResuming">It goes on from a snapshot since its last restart, and has not written its append-only files yet.</param>
    public static ResumeDecision Decide(ResumeEvidence evidence, bool isResuming)
    {
        var own = evidence.Own;
        if (own.IsPrimary || (own.Storage.AppendOnly is not true && !isResuming))
        {
            return new ResumeDecision.Usual();
        }
        var late = TooLate(evidence);
        if (isResuming)
        {
            return new ResumeDecision.Again(
                Saves: late is null && own.PrimaryLinkUp,
                late is null
                    ? "it has not written its append-only files yet, and goes on from a snapshot again"
                    : $"it has not written its append-only files yet, and goes on from its last snapshot: {late}"
            );
        }
        var why = OfLink(own) ?? OfPrimary(evidence.Primary) ?? late ?? TooMuch(evidence);
        return why is null
            ? new ResumeDecision.Resume(
                Invariant(
                    $"saving takes about {evidence.Estimate.SaveTime.TotalSeconds:0} s; away for about {evidence.Estimate.Away.TotalSeconds:0} s it misses {MiB(evidence.Estimate.Missed)} of {MiB(evidence.Backlog)} that its primary keeps"
                )
            )
            : new ResumeDecision.Copy(why);
    }

    private static string? OfLink(ServerInfo own) =>
        own.Loading || own.SyncInProgress ? "it is copying its primary's data just now"
        : !own.PrimaryLinkUp ? "its link to its primary is down"
        : !own.Storage.IsWhole ? "its append-only file is being written for the first time"
        : null;

    /// <summary>Whoever stays has to have on its disk what the shard has acknowledged.</summary>
    private static string? OfPrimary(ServerInfo? primary) =>
        primary is null ? "its primary does not answer"
        : !primary.IsPrimary ? "whom it follows is no primary"
        : primary.Storage.AppendOnly is not true ? "its primary keeps no append-only file"
        : primary.Storage.Appended is false ? "its primary can't write its append-only file"
        : primary.Storage.Rewritten is false ? "its primary could not rewrite its append-only file"
        : !primary.Storage.IsWhole ? "its primary's append-only file is being written for the first time"
        : null;

    private static string? TooLate(ResumeEvidence evidence) =>
        evidence.Left is { } left && evidence.Estimate.SaveTime > left
            ? Invariant(
                $"saving {MiB(evidence.Own.UsedMemory)} takes about {evidence.Estimate.SaveTime.TotalSeconds:0} s, of the grace period {Math.Max(0, left.TotalSeconds):0} s are left"
            )
            : null;

    private static string? TooMuch(ResumeEvidence evidence) =>
        evidence.Estimate.Missed > evidence.Backlog
            ? Invariant(
                $"away for about {evidence.Estimate.Away.TotalSeconds:0} s it misses {MiB(evidence.Estimate.Missed)}, and its primary keeps {MiB(evidence.Backlog)} (repl-backlog-size)"
            )
            : null;

    private static string MiB(long bytes) => Invariant($"{bytes / 1048576.0:0.#} MiB");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
