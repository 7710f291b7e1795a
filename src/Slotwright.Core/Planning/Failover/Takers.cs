using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Core.Health;

namespace Slotwright.Core.Planning.Failover;

/// <summary>Who of a shard can take over while its primary lives, and why others can't.</summary>
internal static class Takers
{
    public static ImmutableArray<Node> Of(Shard shard, Topology topology) =>
        shard.Replicas.RemoveAll(r => WhyNot(r, topology) is not null);

    /// <summary>In words for people; null where it can.</summary>
    public static string? WhyNot(Node replica, Topology topology) =>
        replica.Member is not { } member || !topology.Members.ContainsKey(member) ? $"{replica.Label} is no member"
        : !replica.Reachable ? $"{replica.Label} does not answer"
        : replica.Link == LinkState.InSync ? null
        : $"{replica.Label} is {(replica.Link == LinkState.Syncing ? "syncing" : "cut off from its primary")}";

    /// <exception cref="RefusedException">Less than a majority of primaries is up: nobody would be elected.</exception>
    public static void DemandMajority(string operation, Topology topology)
    {
        if (!topology.HasQuorum())
        {
            throw new RefusedException(
                operation,
                new Finding(
                    "no-majority",
                    Verdict.Failed,
                    "cluster",
                    "less than a majority of primaries is up",
                    "a replica takes over by their vote: writes would wait for it in vain",
                    "bring primaries back first: slotwright status shows which are missing; are they gone for good: slotwright recover"
                )
            );
        }
    }

    /// <summary>Why nobody of a shard can, in words for people.</summary>
    public static string WhyNobody(Shard shard, Topology topology) =>
        shard.Replicas.IsEmpty
            ? "it has no replica"
            : string.Join(", ", shard.Replicas.Select(r => WhyNot(r, topology)).OfType<string>());

    public static string Zone(Topology topology, Node node) => topology.ZoneOf(node) ?? "";

    /// <summary>Nodes of the shard in the zone of one of them: so many would be beside it, were it the primary.</summary>
    public static int Beside(Shard shard, Node node, Topology topology) =>
        topology.ZoneOf(node) is { } zone ? shard.Nodes.Count(n => n.Id != node.Id && topology.ZoneOf(n) == zone) : 0;
}
