using System.Collections.Immutable;
using Slotwright.Core.Drills;
using Slotwright.Core.Slots;

namespace Slotwright.Output;

/// <summary>One shard of a load, as it was at the beginning; times in milliseconds.</summary>
/// <param name="Primary">What its primary was called.</param>
/// <param name="LongestGapAtMs">When the gap began, since the start.</param>
internal sealed record LoadShardDocument(
    SlotSet Slots,
    string Primary,
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
    double LongestGapAtMs
)
{
    public static LoadShardDocument Of(ShardLedger shard) =>
        new(
            shard.Slots,
            shard.Name,
            shard.Attempted,
            shard.Acknowledged,
            shard.Confirmed,
            shard.Failed,
            shard.Reads,
            shard.FailedReads,
            shard.Failures,
            shard.Found.Lost,
            shard.Found.LostConfirmed,
            shard.Found.StaleReads,
            shard.Found.Doubles,
            shard.Found.Foreign,
            shard.Found.Unjudged,
            shard.LongestGap.Length.TotalMilliseconds,
            shard.LongestGap.From.TotalMilliseconds
        );
}
