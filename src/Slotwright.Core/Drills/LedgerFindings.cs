using System.Collections.Immutable;
using System.Globalization;
using Slotwright.Core.Health;

namespace Slotwright.Core.Drills;

/// <summary>What a referee finds, in words.</summary>
internal static class LedgerFindings
{
    private const string Cluster = "the cluster";

    public static Finding ConfirmedLost(ShardLedger shard, Verdict verdict, int replicas) =>
        new(
            "confirmed-writes-lost",
            verdict,
            Of(shard),
            $"{Amount.Of(shard.Found.LostConfirmed, "write")} gone that WAIT had confirmed on {Amount.Of(replicas, "replica")}",
            "a replica that had not received them became primary, or the shard was set back to older data",
            "look at who was promoted, and at the offsets of the replicas at that moment"
        );

    public static Finding AcknowledgedLost(ShardLedger shard, Verdict verdict, bool waits) =>
        new(
            "acknowledged-writes-lost",
            verdict,
            Of(shard),
            $"{Amount.Of(shard.Found.Lost - shard.Found.LostConfirmed, "acknowledged write")} gone{(waits ? " that WAIT had not confirmed" : "")}",
            "replication is asynchronous: what a primary acknowledged and had not sent yet dies with it",
            waits ? "" : "see with --wait whether writes that replicas confirmed survive"
        );

    public static Finding StaleReads(ShardLedger shard) =>
        new(
            "stale-reads",
            Verdict.Warning,
            Of(shard),
            $"{Amount.Of(shard.Found.StaleReads, "read")} without a write that had been acknowledged before, though it is there",
            "a primary that had been replaced still answered",
            ""
        );

    public static Finding ByOldPrimary(ShardLedger shard) =>
        new(
            "acknowledged-by-old-primary",
            Verdict.Warning,
            Of(shard),
            $"{Amount.Of(shard.ByOldPrimary, "write")} acknowledged by a primary after another had been promoted in its place",
            "it still took writes from clients that reach it: they go when it becomes a replica, unless they were sent again",
            "a primary that is cut off has to be fenced before another is promoted"
        );

    public static Finding Doubles(ShardLedger shard) =>
        new(
            "doubles",
            Verdict.Warning,
            Of(shard),
            $"{Amount.Of(shard.Found.Doubles, "write")} found in the place of a newer one that had been acknowledged",
            "a copy of a write that was sent again landed late or twice; the newer one is counted as lost",
            ""
        );

    public static Finding Foreign(ShardLedger shard) =>
        new(
            "foreign-values",
            Verdict.Warning,
            Of(shard),
            $"{Amount.Of(shard.Found.Foreign, "value")} found that this run never wrote",
            "somebody else writes to its keys; what they replaced is counted as lost",
            "see who else writes keys that begin with slotwright-load:"
        );

    public static Finding NotJudged(long count) =>
        new(
            "writes-not-judged",
            Verdict.Unknown,
            Cluster,
            $"{Amount.Of(count, "acknowledged write")} could not be read back",
            "their slots did not answer at the end of the run: nobody knows whether they are lost",
            "bring the cluster back to health and run again"
        );

    public static Finding TooManyFailed(long failed, long limit, ImmutableArray<FailureCount> reasons) =>
        new(
            "too-many-failed",
            Verdict.Failed,
            Cluster,
            $"{Amount.Of(failed, "operation")} failed, {limit} may{Why(reasons)}",
            "each is tried again within its budget, as a normal client does, unless the server refused it",
            "look at the reasons, and at the gaps of the shards"
        );

    public static Finding GapTooLong(ShardLedger shard, TimeSpan limit) =>
        new(
            "gap-too-long",
            Verdict.Failed,
            Of(shard),
            $"no write was acknowledged for {Amount.Of(shard.LongestGap.Length)}, beginning {Amount.Of(shard.LongestGap.From)} after the start; {Amount.Of(limit)} may pass",
            "that long its clients could not write",
            "look at what happened to its primary at that time"
        );

    /// <summary>Where nothing was acknowledged nothing can be lost: that is no good news.</summary>
    public static Finding NothingAcknowledged(ShardLedger shard) =>
        new(
            "nothing-acknowledged",
            Verdict.Unknown,
            Of(shard),
            $"none of {Amount.Of(shard.Attempted, "write")} was acknowledged{Why(shard.Failures)}",
            "so nothing can be said of whether the shard keeps its writes",
            shard.Attempted == 0
                ? "run for longer, or at a higher rate"
                : "see with verify whether it has a primary, and whether that takes writes"
        );

    public static Finding RateNotReached(Ledger ledger) =>
        new(
            "rate-not-reached",
            Verdict.Warning,
            Cluster,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{ledger.Rate.Reached:0} operations a second succeeded, {ledger.Rate.Asked} were asked for"
            ),
            "what was measured is the lower rate: the cluster or this machine was at its limit, or a shard was away",
            ledger.Failures is [{ Reason: FailureReason.NotBegun }, ..]
                ? "see in the gaps whether a shard was away; if none was, ask for less, or give more --clients or a larger --pipeline"
                : ""
        );

    private static string Why(ImmutableArray<FailureCount> reasons) =>
        reasons.IsEmpty ? "" : $": {FailureCounts.Words(reasons)}";

    public static Finding NothingConfirmed(Ledger ledger) =>
        new(
            "nothing-confirmed",
            Verdict.Unknown,
            Cluster,
            $"WAIT confirmed none of {Amount.Of(ledger.Acknowledged, "acknowledged write")}",
            $"so nothing can be said of whether writes on {Amount.Of(ledger.WaitReplicas, "replica")} are kept",
            "ask for no more replicas than each primary has"
        );

    private static string Of(ShardLedger shard) => $"slots {shard.Slots}";
}
