using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failover;
using Slotwright.Core.Planning.Failover;

namespace Slotwright.Core.Planning.Recovery;

/// <summary>Which replica takes over a shard whose primary is gone.</summary>
internal static class Successor
{
    /// <summary>Those that answer and have the shard's data.</summary>
    public static ImmutableArray<Node> Fit(Shard shard) =>
        shard.Replicas.RemoveAll(r => WhyNot(r, shard.Primary) is not null);

    /// <summary>In words for people; null where it can.</summary>
    public static string? WhyNot(Node replica, Node primary) =>
        !replica.Reachable ? $"{replica.Label} does not answer"
        : replica.IsHeldBack ? $"{replica.Label} is held back"
        : HandOverRules.HasData(replica, primary) ? null
        : $"{replica.Label} has never completed a sync";

    /// <summary>All that are fit followed one stream, so that their offsets tell who has most.</summary>
    public static bool AreComparable(ImmutableArray<Node> fit) =>
        fit.Length < 2
        || (
            fit.All(n => n is { Offset: > 0, Stream.Length: > 0 })
            && fit.Select(n => n.Stream).Distinct(StringComparer.Ordinal).Count() == 1
        );

    /// <returns>Null where nobody can, or where offsets can't tell who has most.</returns>
    public static Node? Best(Shard shard, Topology topology)
    {
        var fit = Fit(shard);
        return fit.Length < 2 ? fit.FirstOrDefault()
            : !AreComparable(fit) ? null
            : topology.Find(
                ReplicaRanking.Of([.. fit.Select(n => Reading(n, topology))], stream: "", ZoneLayout(topology))[0].Id
            );
    }

    private static ReplicaReading Reading(Node node, Topology topology) =>
        new(node.Id, IsReplica: true, LinkUp: false, node.Offset, node.Stream) { Zone = Takers.Zone(topology, node) };

    private static ImmutableDictionary<string, int> ZoneLayout(Topology topology) =>
        Health.ZoneLayout.Of(topology).PrimariesByZone.ToImmutableDictionary(StringComparer.Ordinal);
}
