using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Health;

namespace Slotwright.Core.Planning.Waves;

/// <summary>Why members can't be brought to their desired revision as they stand.</summary>
internal static class WaveRefusals
{
    public const string AllowDowntime = "--allow-downtime";

    public static ImmutableArray<Finding> Of(Topology topology, ImmutableArray<ShardTurn> turns, WaveWish wish) =>
        [.. Unknown(topology), .. Alone(topology, turns, wish)];

    /// <summary>A member that is down and of which nobody knows the node: what it holds can't be told.</summary>
    private static IEnumerable<Finding> Unknown(Topology topology) =>
        from member in topology.Members.Values
        where topology.NodeOf(member.Name) is null
        orderby member.Ordinal
        select new Finding(
            "member-unknown",
            Verdict.Failed,
            member.Name,
            "it does not answer, and no other node knows it",
            "what it holds, and whom that would hurt, can't be told",
            "start it, or see its log; then run the same command again"
        );

    private static IEnumerable<Finding> Alone(Topology topology, ImmutableArray<ShardTurn> turns, WaveWish wish)
    {
        foreach (var turn in turns.Where(t => t.Primary == PrimaryTurn.GoesDown))
        {
            var (primary, replicas) = (turn.Shard.Primary, turn.Shard.Replicas);
            if (wish.StartsEmpty(primary.Member!))
            {
                yield return new Finding(
                    "no-other-copy",
                    Verdict.Failed,
                    primary.Label,
                    "its new server can't read its files, and no replica has their data",
                    "the data of its slots would be gone",
                    "give the shard a replica that is in sync first"
                );
            }
            else if (!wish.AllowDowntime)
            {
                yield return new Finding(
                    "no-taker",
                    Verdict.Failed,
                    $"slots {turn.Shard.Slots}",
                    replicas.IsEmpty
                        ? $"{primary.Label} has no replica"
                        : $"no replica of {primary.Label} is in sync ({string.Join(", ", replicas.Select(r => r.Label))})",
                    "nobody could take over while it restarts: its clients would wait",
                    replicas.IsEmpty
                        ? $"give it a replica, or accept that its slots are away meanwhile: {AllowDowntime}"
                        : $"wait until one is in sync, or accept that its slots are away meanwhile: {AllowDowntime}"
                );
            }
            else if (WaveStages.Spare(topology) < 1)
            {
                yield return new Finding(
                    "no-majority-left",
                    Verdict.Failed,
                    primary.Label,
                    $"without it no majority of the {topology.Shards().Length} primaries would be up",
                    "without a majority of primaries nobody is elected",
                    "bring the primaries that are down back first"
                );
            }
        }
    }
}
