using System.Collections.Immutable;
using Slotwright.Core.Health;

namespace Slotwright.Core.Drills;

/// <summary>The verdict on a drill: a pure function of its ledger, of what was seen, and of its limits.</summary>
public static class DrillJudge
{
    /// <summary>A member that comes back calls itself a primary until it hears of the new one.</summary>
    private static readonly TimeSpan ShortReign = TimeSpan.FromMilliseconds(100);

    public static LedgerVerdict Judge(DrillPlan plan, Ledger ledger, DrillFacts facts, LedgerLimits limits) =>
        Referee.Judge(ledger, limits, [.. Findings(plan, ledger, facts)]);

    private static IEnumerable<Finding> Findings(DrillPlan plan, Ledger ledger, DrillFacts facts)
    {
        if (facts.Trouble is { } trouble)
        {
            yield return DrillFindings.CutShort(trouble);
        }
        if (ledger is { WaitReplicas: > 0, Acknowledged: > 0, Confirmed: 0 })
        {
            yield return DrillFindings.NothingConfirmed(ledger);
        }
        foreach (var shard in facts.WithoutHeir)
        {
            yield return DrillFindings.NobodyTookOver(shard);
        }
        for (var i = 0; i < plan.Shards.Length; i++)
        {
            var shard = i;
            var both = TwoPrimaries.Length([.. facts.Roles.Where(r => r.Shard == shard)]);
            if (both >= ShortReign)
            {
                yield return DrillFindings.TwoPrimaries(plan.Shards[i], both);
            }
        }
        var bad = facts.After.Where(f => f.Verdict >= Verdict.Failed).ToImmutableArray();
        if (!bad.IsEmpty)
        {
            yield return DrillFindings.NotWhole(bad);
        }
    }
}
