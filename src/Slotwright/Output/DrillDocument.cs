using System.Collections.Immutable;
using Slotwright.Core.Drills;
using Slotwright.Core.Health;
using Slotwright.Operations.Drills;

namespace Slotwright.Output;

/// <summary>The JSON face of <c>drill</c>; times in milliseconds since operations of its load began.</summary>
/// <param name="Verdict"><c>kept</c>, <c>broken</c> or <c>unknown</c>.</param>
/// <param name="Sentence">The verdict in one line.</param>
/// <param name="Victims">The members that it hurt, or that its operation was about.</param>
/// <param name="Zone">Of a zone outage.</param>
/// <param name="AcknowledgedByOldPrimary">Writes that a primary acknowledged after another had been promoted in its place.</param>
/// <param name="RecoveredAfterMs">How long after the end of the load verify accepted the cluster; null where it did not.</param>
/// <param name="After">What verify found at the end.</param>
internal sealed record DrillDocument(
    string Target,
    string Drill,
    string Verdict,
    string Sentence,
    bool Interrupted,
    DateTimeOffset Began,
    ImmutableArray<string> Victims,
    string? Zone,
    string Deed,
    long AcknowledgedByOldPrimary,
    ImmutableArray<DrillEventDocument> Events,
    ImmutableArray<DrillMemberDocument> Roles,
    ImmutableArray<DrillShardDocument> Shards,
    DrillTimelineDocument Timeline,
    double? RecoveredAfterMs,
    ImmutableArray<Finding> After,
    LoadDocument Load
)
{
    public static DrillDocument Of(string target, DrillReport report)
    {
        var (plan, ledger) = (report.Plan, report.Load.Ledger);
        return new DrillDocument(
            target,
            plan.Kind.Name(),
            report.Verdict.Word,
            report.Verdict.Sentence,
            report.Load.IsInterrupted,
            report.Began,
            plan.Victims,
            plan.Zone,
            plan.Deed,
            ledger.ByOldPrimary,
            [.. report.Events.Select(e => new DrillEventDocument(e.At.TotalMilliseconds, e.Member, e.What))],
            [.. report.Facts.Roles.Select(r => DrillMemberDocument.Of(r, plan))],
            [.. ledger.Shards.Select(DrillShardDocument.Of)],
            DrillTimelineDocument.Of(ledger.Timeline),
            report.RecoveredAfter?.TotalMilliseconds,
            report.Facts.After,
            LoadDocument.Of(target, report.Load, report.Options.Limits, report.Verdict)
        );
    }
}
