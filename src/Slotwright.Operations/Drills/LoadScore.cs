using System.Collections.Immutable;
using Slotwright.Core.Drills;

namespace Slotwright.Operations.Drills;

/// <summary>Takes over what the lanes counted, by shard.</summary>
internal sealed class LoadScore(LoadOptions options, RunClock clock, ImmutableArray<LoadLane> lanes)
{
    private readonly ImmutableArray<ShardSum> _shards =
    [
        .. lanes.GroupBy(l => l.Shard).Select(g => new ShardSum(g.Key, [.. g], new LaneCounts())),
    ];
    private readonly LatencyHistogram _latency = new();
    private TimeSpan _last;
    private long _lastDone;

    /// <summary>What happened since the last one.</summary>
    public LoadSnapshot Take()
    {
        var recent = Collect();
        var now = clock.Elapsed;
        var done = _shards.Sum(s => s.Counts.Succeeded);
        var seconds = (now - _last).TotalSeconds;
        var snapshot = new LoadSnapshot(
            now,
            options.Duration,
            seconds > 0 ? (done - _lastDone) / seconds : 0,
            _shards.Sum(s => s.Counts.Acknowledged),
            _shards.Sum(s => s.Counts.Failed + s.Counts.FailedReads),
            recent.Percentile(50),
            recent.Percentile(99),
            lanes.Sum(l => l.Found().Lost),
            [.. _shards.Select(s => SnapshotOf(s.Shard, s.Counts, now))]
        );
        (_last, _lastDone) = (now, done);
        return snapshot;
    }

    /// <summary>All that happened, once everything has ended.</summary>
    public Ledger ToLedger(TimeSpan elapsed)
    {
        Collect();
        return new Ledger(
            elapsed,
            options.WaitReplicas,
            [.. _shards.Select(s => LedgerOf(s.Shard, s.Lanes, s.Counts))],
            _latency.Summarise()
        )
        {
            Rate = RateReached.Of(options.Rate, _shards.Sum(s => s.Counts.Succeeded), clock.End),
        };
    }

    private LatencyHistogram Collect()
    {
        var recent = new LatencyHistogram();
        foreach (var shard in _shards)
        {
            foreach (var lane in shard.Lanes)
            {
                lane.MoveCountsTo(shard.Counts);
            }
            shard.Counts.MoveLatencyTo(recent);
        }
        _latency.Add(recent);
        return recent;
    }

    /// <summary>After the end nothing is due any more: that nothing is acknowledged then is no gap.</summary>
    private LoadShardSnapshot SnapshotOf(LoadShard shard, LaneCounts sum, TimeSpan now)
    {
        var until = now < clock.End ? now : clock.End;
        return new LoadShardSnapshot(
            shard.Slots,
            shard.Name,
            shard.CurrentGap(until),
            shard.LongestGap(until).Length,
            sum.Failed + sum.FailedReads
        );
    }

    private ShardLedger LedgerOf(LoadShard shard, ImmutableArray<LoadLane> ofShard, LaneCounts sum) =>
        new(
            shard.Slots,
            shard.Name,
            sum.Attempted,
            sum.Acknowledged,
            sum.Confirmed,
            sum.Failed,
            sum.Reads,
            sum.FailedReads,
            shard.LongestGap(clock.End),
            ofShard.Aggregate(default(RingCounts), (all, lane) => all + lane.Found())
        )
        {
            Failures = sum.Failures.ToArray(),
            ByOldPrimary = shard.ByOldPrimary,
            Gaps = shard.NoticeableGaps(clock.End),
            Timeline = shard.Timeline,
        };

    private sealed record ShardSum(LoadShard Shard, ImmutableArray<LoadLane> Lanes, LaneCounts Counts);
}
