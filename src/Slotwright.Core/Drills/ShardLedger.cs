using System.Collections.Immutable;
using Slotwright.Core.Slots;

namespace Slotwright.Core.Drills;

/// <summary>What happened to the operations on one shard, as the shards were when the run began.</summary>
/// <param name="Slots">The slots that it owned at the beginning; its keys lie there, whoever owns them later.</param>
/// <param name="Name">What its primary was called at the beginning.</param>
/// <param name="Attempted">Writes that were due.</param>
/// <param name="Acknowledged">Writes that were answered with success within their budget.</param>
/// <param name="Confirmed">Acknowledged writes that WAIT confirmed on as many replicas as were asked for; 0 without --wait.</param>
/// <param name="Failed">Writes that were refused, not answered, or could not even be sent within their budget.</param>
/// <param name="Reads">Reads that were due during the run.</param>
/// <param name="FailedReads">Those of them that were not answered within their budget.</param>
/// <param name="LongestGap">The longest time without an acknowledged write.</param>
public sealed record ShardLedger(
    SlotSet Slots,
    string Name,
    long Attempted,
    long Acknowledged,
    long Confirmed,
    long Failed,
    long Reads,
    long FailedReads,
    Gap LongestGap,
    RingCounts Found
)
{
    /// <summary>Why writes and reads failed, the commonest reason first.</summary>
    public ImmutableArray<FailureCount> Failures { get; init; } = [];

    /// <summary>Writes that a primary acknowledged after another had been promoted in its place.</summary>
    public long ByOldPrimary { get; init; }

    /// <summary>Times of 100 ms or more without an acknowledged write, the longest 32, in their order.</summary>
    public ImmutableArray<Gap> Gaps { get; init; } = [];

    public TimelineSamples Timeline { get; init; } = TimelineSamples.None;

    public long Succeeded => Acknowledged + Reads - FailedReads;
}
