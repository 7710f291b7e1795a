using Slotwright.Core.Cluster;
using Slotwright.Core.Fencing;
using Slotwright.Core.Observing;

namespace Slotwright.Core.Planning.Recovery;

/// <summary>What is lost where a replica takes over from a primary that can't be asked, as far as it can be known.</summary>
internal static class TakeOverLoss
{
    /// <param name="taker">Null where it has to be named yet.</param>
    public static string Of(Shard shard, Node? taker, Observation seen, RecoveryFacts facts) =>
        string.Join("; ", Parts(shard, taker, seen, facts).Where(p => p.Length > 0));

    private static IEnumerable<string> Parts(Shard shard, Node? taker, Observation seen, RecoveryFacts facts)
    {
        var primary = shard.Primary;
        yield return taker is null
            ? $"what {primary.Label} acknowledged and the one that is named had not received"
            : $"what {primary.Label} acknowledged and {taker.Label} had not received{UpTo(taker, seen)}{OnDisk(primary, taker, facts)}";
        var silent = shard.Replicas.Where(r => !r.Reachable).Select(r => r.Label).ToArray();
        yield return silent.Length == 0 ? "" : $"what {string.Join(", ", silent)}, which did not answer, may have more";
        yield return primary.IsHeldBack || RecoverySights.HasEnded(primary, seen.Topology)
            ? ""
            : $"if {primary.Label} still runs where only others reach it, there are two primaries until it hears of the new epoch, and all that it acknowledges until then";
    }

    private static string UpTo(Node taker, Observation seen)
    {
        if (taker.Offset == 0)
        {
            return " (how much can't be told: it has been restarted since, and an append-only file has no offset)";
        }
        var cutOff = RecoverySights.CutOff(taker, seen) is { } time
            ? $", and it has heard nothing for {time.TotalSeconds:0} s"
            : "";
        return $" (it has the stream up to offset {taker.Offset}{cutOff})";
    }

    /// <summary>A snapshot of the same stream on the primary's disk bounds it from below.</summary>
    private static string OnDisk(Node primary, Node taker, RecoveryFacts facts) =>
        facts.DiskOf(primary) is { Kind: OwnDataKind.Snapshot } disk
        && disk.ReplicationId == taker.Stream
        && disk.Offset > taker.Offset
            ? $", at least {disk.Offset - taker.Offset} bytes: a snapshot on {primary.Label}'s disk has them"
            : "";
}
