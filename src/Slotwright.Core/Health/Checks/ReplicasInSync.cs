using System.Collections.Immutable;
using Slotwright.Core.Cluster;

namespace Slotwright.Core.Health.Checks;

/// <summary>Every shard has the replicas that are wanted, their links are up, and they lag little.</summary>
internal static class ReplicasInSync
{
    /// <summary>Bytes that a replica may lag behind before it is worth a word.</summary>
    public const long NotableLag = 1024 * 1024;

    /// <summary>Bytes of lag that the default backlog (repl-backlog-size 10mb) does not bridge.</summary>
    public const long GraveLag = 10 * 1024 * 1024;

    public static ImmutableArray<Finding> Run(Topology topology, Expectation wanted)
    {
        var shards = topology.Shards();
        return Check.Of(
            "replicas-in-sync",
            wanted.ReplicasPerPrimary == 0 && !wanted.AtLeast
                ? $"{shards.Length} shards, no replicas wanted"
                : $"each of {shards.Length} shards has {(wanted.AtLeast ? "at least " : "")}{wanted.ReplicasPerPrimary} in sync",
            shards.SelectMany(s => Count(s, wanted).Concat(s.Replicas.SelectMany(r => Link(s.Primary, r))))
        );
    }

    private static IEnumerable<Finding> Count(Shard shard, Expectation wanted)
    {
        var there = shard.Replicas.Length;
        if (there < wanted.ReplicasPerPrimary)
        {
            yield return new Finding(
                "replica-missing",
                Verdict.Failed,
                $"slots {shard.Slots}",
                $"{shard.Primary.Label} has {there} of {wanted.ReplicasPerPrimary} replicas",
                "with its last node the shard's data goes",
                wanted.Former switch
                {
                    Former.Host => "slotwright up starts members that are down, and attaches empty ones",
                    Former.Chart => "helm upgrade runs the release's Job again, which attaches empty members",
                    _ => $"CLUSTER REPLICATE {shard.Primary.Id} on an empty node that knows it",
                }
            );
        }
        else if (there > wanted.ReplicasPerPrimary && !wanted.AtLeast)
        {
            yield return new Finding(
                "replica-surplus",
                Verdict.Warning,
                $"slots {shard.Slots}",
                $"{shard.Primary.Label} has {there} replicas, {wanted.ReplicasPerPrimary} are wanted",
                "another shard may lack it",
                "CLUSTER REPLICATE moves a replica to another primary"
            );
        }
    }

    private static IEnumerable<Finding> Link(Node primary, Node replica)
    {
        var lag = primary.Offset - replica.Offset;
        if (replica.Link != LinkState.InSync)
        {
            yield return new Finding(
                "replica-link",
                replica.Link == LinkState.Syncing ? Verdict.Warning : Verdict.Failed,
                replica.Label,
                !replica.Reachable ? "this replica does not answer"
                    : replica.Link == LinkState.Syncing ? $"it copies all data from {primary.Label}"
                    : $"its link to {primary.Label} is down",
                "it can't take over without losing writes",
                !replica.Reachable ? "start it"
                    : replica.Link == LinkState.Syncing ? "wait until it has all"
                    : "see its log"
            );
        }
        else if (primary.Reachable && lag > NotableLag)
        {
            yield return new Finding(
                "replica-lag",
                lag > GraveLag ? Verdict.Failed : Verdict.Warning,
                replica.Label,
                $"it is {lag} bytes behind {primary.Label}",
                "so much is lost if it takes over now",
                "look at its network, its CPU and the write rate"
            );
        }
    }
}
