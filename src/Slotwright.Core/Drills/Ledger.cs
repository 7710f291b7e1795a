using System.Collections.Immutable;

namespace Slotwright.Core.Drills;

/// <summary>All that a run of load did to a cluster and found there: the one input of the verdict.</summary>
/// <param name="Elapsed">From the first operation that was due to the last answer, without the read-back at the end.</param>
/// <param name="WaitReplicas">Replicas that each write was to be confirmed by; 0 where WAIT was not used.</param>
/// <param name="Shards">In the order of their slots.</param>
/// <param name="Latency">Of writes and reads that succeeded, from the moment when they were due.</param>
public sealed record Ledger(
    TimeSpan Elapsed,
    int WaitReplicas,
    ImmutableArray<ShardLedger> Shards,
    LatencySummary Latency
)
{
    public RateReached Rate { get; init; }

    /// <summary>Of all shards, with latencies.</summary>
    public TimelineSamples Timeline { get; init; } = TimelineSamples.None;

    public long ByOldPrimary => Shards.Sum(s => s.ByOldPrimary);

    /// <summary>Why writes and reads failed, the commonest reason first.</summary>
    public ImmutableArray<FailureCount> Failures => FailureCounts.Sum(Shards.SelectMany(s => s.Failures));

    public long Attempted => Shards.Sum(s => s.Attempted);

    public long Acknowledged => Shards.Sum(s => s.Acknowledged);

    public long Confirmed => Shards.Sum(s => s.Confirmed);

    public long Failed => Shards.Sum(s => s.Failed);

    public long Reads => Shards.Sum(s => s.Reads);

    public long FailedReads => Shards.Sum(s => s.FailedReads);

    public RingCounts Found => Shards.Aggregate(default(RingCounts), (sum, s) => sum + s.Found);

    /// <summary>The shard with the longest gap; null where there is no shard.</summary>
    public ShardLedger? WorstGap => Shards.MaxBy(s => s.LongestGap.Length);
}
