using System.Collections.Immutable;
using Slotwright.Core.Health;

namespace Slotwright.Core.Drills;

/// <summary>What a drill finds besides the ledger, in words.</summary>
internal static class DrillFindings
{
    private const string Cluster = "the cluster";

    public static Finding CutShort(string trouble) =>
        new(
            "drill-cut-short",
            Verdict.Failed,
            Cluster,
            $"the drill could not be done to its end: {trouble}",
            "what it shows is not what was to be rehearsed",
            "see to that, and run it again"
        );

    /// <summary>Where nothing is confirmed, the limit on confirmed losses is kept by nobody's merit.</summary>
    public static Finding NothingConfirmed(Ledger ledger) =>
        new(
            "nothing-confirmed",
            Verdict.Failed,
            Cluster,
            $"WAIT confirmed none of {Amount.Of(ledger.Acknowledged, "acknowledged write")}, though there are replicas",
            "no replica took a write in time: whether confirmed writes are kept was not tried at all",
            "see with status whether the replicas' links are up"
        );

    public static Finding NobodyTookOver(DrillShard shard) =>
        new(
            "nobody-took-over",
            Verdict.Warning,
            $"slots {shard.Slots}",
            $"{shard.Primary} was brought back before another had become primary",
            "the time that a failover takes was not seen",
            "run it for longer, with a --duration of more than twice the cluster-node-timeout"
        );

    public static Finding TwoPrimaries(DrillShard shard, TimeSpan length) =>
        new(
            "two-primaries",
            Verdict.Warning,
            $"slots {shard.Slots}",
            $"two members were primaries that take writes at the same time, for {Amount.Of(length)} in all",
            "clients that reach the old one may write to it meanwhile",
            ""
        );

    public static Finding NotWhole(ImmutableArray<Finding> bad) =>
        new(
            "not-whole-again",
            Verdict.Failed,
            Cluster,
            $"verify does not accept it afterwards: {bad[0].Subject}: {bad[0].What}{(bad.Length > 1 ? $", and {bad.Length - 1} more" : "")}",
            "the failure left something behind",
            "slotwright verify says all of it, and what to do"
        );
}
