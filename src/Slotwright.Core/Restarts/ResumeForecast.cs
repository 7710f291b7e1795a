using System.Collections.Immutable;
using Slotwright.Core.Health;
using Slotwright.Core.Observing;

namespace Slotwright.Core.Restarts;

/// <summary>Which members will copy everything when they are restarted, and why: for plans and checks before one.</summary>
public static class ResumeForecast
{
    /// <summary>From the end of a server to the start of the next, on one machine.</summary>
    public static readonly TimeSpan LocalPause = TimeSpan.FromSeconds(1);

    /// <summary>As the operation will raise its primary's backlog.</summary>
    public static ResumeEvidence WithRaisedBacklog(ResumeEvidence evidence) =>
        evidence.Primary is { } primary
            ? evidence with
            {
                Backlog = BacklogRaise.To(
                    primary.Backlog,
                    evidence.Estimate.WantedBacklog,
                    primary.UsedMemory - primary.UncountedMemory,
                    primary.MaxMemory
                ),
            }
            : evidence;

    /// <param name="between">From the end of a server to the start of the next.</param>
    /// <param name="left">The grace period; null where nobody ends a server by force.</param>
    /// <returns>A warning for each replica that keeps an append-only file and will not go on from where it was.</returns>
    public static ImmutableArray<Finding> Of(Observation seen, TimeSpan between, TimeSpan? left) =>
        [
            .. from view in seen.Views
            let report = view.Report
            where report is not null
            let primary = report.Self.Primary
            where primary is not null
            let evidence = WithRaisedBacklog(
                new ResumeEvidence(report.Server, seen.ReportOf(primary.Value)?.Server, between, left)
            )
            let copy = ResumeChoice.Decide(evidence, isResuming: false) as ResumeDecision.Copy
            where copy is not null
            select new Finding(
                "full-copy",
                Verdict.Warning,
                view.Label,
                $"it will copy everything from its primary when it restarts: {copy.Reason}",
                "until that has ended, its shard has one copy less, and its primary more to do",
                "it works all the same; less writing, or a larger repl-backlog-size or grace period spare it"
            ),
        ];
}
