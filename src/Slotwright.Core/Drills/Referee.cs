using System.Collections.Immutable;
using Slotwright.Core.Health;

namespace Slotwright.Core.Drills;

/// <summary>The verdict on a run: a pure function of its ledger and its limits.</summary>
public static class Referee
{
    public static LedgerVerdict Judge(Ledger ledger, LedgerLimits limits) => Judge(ledger, limits, []);

    /// <param name="others">What else was found that the verdict depends on.</param>
    public static LedgerVerdict Judge(Ledger ledger, LedgerLimits limits, ImmutableArray<Finding> others)
    {
        var findings = Losses(ledger, limits)
            .Concat(Answers(ledger, limits))
            .Where(f => !others.Any(o => o.Code == f.Code))
            .Concat(others)
            .OrderByDescending(f => f.Verdict)
            .ToImmutableArray();
        var outcome = findings.FirstOrDefault()?.Verdict is Verdict.Unknown or Verdict.Failed
            ? findings[0].Verdict
            : Verdict.Ok;
        var verdict = new LedgerVerdict(outcome, findings, "");
        return verdict with { Sentence = Sentence(verdict, ledger) };
    }

    private static IEnumerable<Finding> Losses(Ledger ledger, LedgerLimits limits)
    {
        var waits = ledger.WaitReplicas > 0;
        var all = ledger.Found;
        var counted = waits ? all.LostConfirmed : all.Lost;
        var ofCounted = counted > limits.MaxLost ? Verdict.Failed : Verdict.Warning;
        foreach (var shard in ledger.Shards)
        {
            if (shard.Found.LostConfirmed > 0)
            {
                yield return LedgerFindings.ConfirmedLost(shard, ofCounted, ledger.WaitReplicas);
            }
            if (shard.Found.Lost > shard.Found.LostConfirmed)
            {
                yield return LedgerFindings.AcknowledgedLost(shard, waits ? Verdict.Warning : ofCounted, waits);
            }
            if (shard.Found.StaleReads > 0)
            {
                yield return LedgerFindings.StaleReads(shard);
            }
            if (shard.ByOldPrimary > 0)
            {
                yield return LedgerFindings.ByOldPrimary(shard);
            }
            if (shard.Found.Doubles > 0)
            {
                yield return LedgerFindings.Doubles(shard);
            }
            if (shard.Found.Foreign > 0)
            {
                yield return LedgerFindings.Foreign(shard);
            }
        }
        if (all.Unjudged > 0 && counted <= limits.MaxLost && counted + all.Unjudged > limits.MaxLost)
        {
            yield return LedgerFindings.NotJudged(all.Unjudged);
        }
    }

    private static IEnumerable<Finding> Answers(Ledger ledger, LedgerLimits limits)
    {
        if (ledger.Failed + ledger.FailedReads is var failed && failed > limits.MaxFailed)
        {
            yield return LedgerFindings.TooManyFailed(failed, limits.MaxFailed.Value, ledger.Failures);
        }
        foreach (var shard in ledger.Shards)
        {
            if (shard.LongestGap.Length > limits.MaxGap)
            {
                yield return LedgerFindings.GapTooLong(shard, limits.MaxGap.Value);
            }
            if (shard.Acknowledged == 0)
            {
                yield return LedgerFindings.NothingAcknowledged(shard);
            }
        }
        if (ledger.Rate.IsShort)
        {
            yield return LedgerFindings.RateNotReached(ledger);
        }
        if (ledger is { WaitReplicas: > 0, Acknowledged: > 0, Confirmed: 0 })
        {
            yield return LedgerFindings.NothingConfirmed(ledger);
        }
    }

    private static string Sentence(LedgerVerdict verdict, Ledger ledger)
    {
        var found = ledger.Found;
        var lost =
            ledger.WaitReplicas > 0
                ? $"{found.LostConfirmed} of {ledger.Confirmed} confirmed lost, {found.Lost} of all"
                : $"{found.Lost} lost";
        lost += ledger.ByOldPrimary > 0 ? $", {ledger.ByOldPrimary} acknowledged by an old primary" : "";
        var facts =
            $"{ledger.Acknowledged} of {Amount.Of(ledger.Attempted, "write")} acknowledged, {lost}, "
            + (ledger.Reads == 0 ? "no reads but those at the end, " : "")
            + $"{Amount.Of(ledger.Failed + ledger.FailedReads, "operation")} failed, "
            + $"longest gap {Amount.Of(ledger.WorstGap?.LongestGap.Length ?? TimeSpan.Zero)}";
        var reasons = verdict.Findings.Where(f => f.Verdict >= Verdict.Failed).Select(f => f.Code);
        var because = string.Join(", ", reasons.Distinct(StringComparer.Ordinal));
        return because.Length == 0 ? $"{verdict.Word}: {facts}" : $"{verdict.Word} ({because}): {facts}";
    }
}
