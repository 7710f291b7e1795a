using System.Collections.Immutable;
using Slotwright.Core.Drills;
using Slotwright.Core.Health;
using Slotwright.Operations.Drills;

namespace Slotwright.Output;

/// <summary>The JSON face of <c>load</c>; times in milliseconds.</summary>
/// <param name="Verdict"><c>kept</c>, <c>broken</c> or <c>unknown</c>.</param>
/// <param name="Sentence">The verdict in one line.</param>
/// <param name="RateReached">Operations a second that succeeded, while operations became due.</param>
/// <param name="Failures">Why writes and reads failed, the commonest reason first.</param>
/// <param name="Lost">Acknowledged writes that are gone.</param>
/// <param name="LostConfirmed">Those of them that WAIT had confirmed.</param>
/// <param name="Unjudged">Acknowledged writes that could not be read back.</param>
/// <param name="Interrupted">It was ended before its time; the numbers are of what was done until then.</param>
/// <param name="KeysLeft">Keys that could not be deleted; they go by their time to live.</param>
internal sealed record LoadDocument(
    string Target,
    string Verdict,
    string Sentence,
    bool Interrupted,
    string Run,
    double ElapsedMs,
    int Rate,
    double RateReached,
    int Clients,
    int Pipeline,
    int ValueSize,
    int Wait,
    long? MaxFailed,
    double? MaxGapMs,
    long MaxLost,
    long Attempted,
    long Acknowledged,
    long Confirmed,
    long Failed,
    long Reads,
    long FailedReads,
    ImmutableArray<FailureCount> Failures,
    long Lost,
    long LostConfirmed,
    long StaleReads,
    long Doubles,
    long Foreign,
    long Unjudged,
    double LongestGapMs,
    LoadLatency LatencyMs,
    ImmutableArray<LoadShardDocument> Shards,
    ImmutableArray<Finding> Findings,
    int Keys,
    int KeysLeft
)
{
    public static LoadDocument Of(string target, LoadResult result, LedgerLimits limits, LedgerVerdict verdict)
    {
        var (ledger, options) = (result.Ledger, result.Options);
        var found = ledger.Found;
        return new LoadDocument(
            target,
            verdict.Word,
            verdict.Sentence,
            result.IsInterrupted,
            result.Run,
            ledger.Elapsed.TotalMilliseconds,
            options.Rate,
            ledger.Rate.Reached,
            options.Clients,
            options.Pipeline,
            options.ValueSize,
            options.WaitReplicas,
            limits.MaxFailed,
            limits.MaxGap?.TotalMilliseconds,
            limits.MaxLost,
            ledger.Attempted,
            ledger.Acknowledged,
            ledger.Confirmed,
            ledger.Failed,
            ledger.Reads,
            ledger.FailedReads,
            ledger.Failures,
            found.Lost,
            found.LostConfirmed,
            found.StaleReads,
            found.Doubles,
            found.Foreign,
            found.Unjudged,
            ledger.WorstGap?.LongestGap.Length.TotalMilliseconds ?? 0,
            LoadLatency.Of(ledger.Latency),
            [.. ledger.Shards.Select(LoadShardDocument.Of)],
            verdict.Findings,
            result.Keys,
            result.KeysLeft
        );
    }
}
