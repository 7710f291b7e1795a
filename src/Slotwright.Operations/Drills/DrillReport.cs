using System.Collections.Immutable;
using Slotwright.Core.Drills;

namespace Slotwright.Operations.Drills;

/// <summary>What a drill came to.</summary>
/// <param name="Load">What its load came to.</param>
/// <param name="Events">What it did and saw, in the order of time.</param>
/// <param name="RecoveredAfter">How long after the end of the load verify accepted the cluster; null where it did not.</param>
public sealed record DrillReport(
    DrillPlan Plan,
    DrillOptions Options,
    DateTimeOffset Began,
    LoadResult Load,
    ImmutableArray<DrillEvent> Events,
    DrillFacts Facts,
    TimeSpan? RecoveredAfter
)
{
    public LedgerVerdict Verdict { get; } = DrillJudge.Judge(Plan, Load.Ledger, Facts, Options.Limits);
}
