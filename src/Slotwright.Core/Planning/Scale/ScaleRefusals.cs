using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Health;
using Slotwright.Core.Slots;

namespace Slotwright.Core.Planning.Scale;

/// <summary>Why a cluster can't be made larger or smaller as it is.</summary>
internal static class ScaleRefusals
{
    /// <summary>Two of three elect; of two, none could be lost.</summary>
    public const int FewestShards = 3;

    public static ImmutableArray<Finding> Of(Topology topology, ScaleWish wish)
    {
        var shards = topology.Shards();
        if (shards.IsEmpty || topology.Covered().Count < HashSlot.Count)
        {
            return
            [
                Failed(
                    "slots-uncovered",
                    "cluster",
                    shards.IsEmpty ? "no cluster stands here yet" : "not all slots have an owner",
                    "what is not whole can't be divided otherwise",
                    shards.IsEmpty ? "slotwright bootstrap" : "slotwright verify shows what is amiss"
                ),
            ];
        }
        var (shape, members) = (wish.Shape, wish.Shape.Members);
        return
        [
            .. If(
                shape.Primaries < FewestShards,
                Failed(
                    "too-few-shards",
                    "cluster",
                    $"{shape.Primaries} shards are too few",
                    "a majority of primaries elects: of two or less, none may be lost",
                    $"keep {FewestShards} or more"
                )
            ),
            .. If(
                shape.Primaries > shards.Length && topology.Members.Values.Any(m => m.Ordinal >= members),
                TwoWays(shards.Length, shape)
            ),
            .. topology
                .Members.Values.Where(m => m.Ordinal < members)
                .OrderBy(m => m.Ordinal)
                .Select(m => OfMember(m, topology))
                .OfType<Finding>(),
            .. topology.Shards().Where(s => !s.Primary.Reachable || s.Primary.Failed).Select(OfShard),
            .. wish.Discard is null ? wish.InheritedVolumes.Select(OfVolume) : [],
        ];
    }

    /// <summary>New primaries are wanted, and those who could be are replicas.</summary>
    public static Finding TwoWays(int shards, ClusterShape shape) =>
        Failed(
            "two-ways",
            "cluster",
            "more shards and fewer replicas at once",
            "a replica can't become the primary of another shard while it holds a copy",
            $"in two steps: first slotwright scale --shards {shards} --replicas-per-primary {shape.ReplicasPerPrimary}"
        );

    public static Finding Stuck(Shard shard, int members) =>
        Failed(
            "shard-leaves",
            shard.Primary.Label,
            $"of its shard no member in sync stays: those from ordinal {members} on go",
            "a shard stays where one of its members does",
            "bring its replicas into sync, or give it one: slotwright verify shows what is amiss"
        );

    private static Finding? OfMember(Member member, Topology topology) =>
        topology.NodeOf(member.Name) switch
        {
            null when member.Phase is MemberPhase.Stopped => null,
            null or { Reachable: false } => Failed(
                "member-down",
                member.Name,
                "it does not answer",
                "what it holds counts when members are chosen, and it can't be told what changes",
                "slotwright up starts members that are down"
            ),
            { SeesForeign: true } => Failed(
                "foreign-cluster",
                member.Name,
                "it knows nodes that are no members here",
                "clusters that meet merge, and one of them loses its data",
                "slotwright verify shows them"
            ),
            { Joined: false, Alone: true } node when node.Keys > 0 || !node.Slots.IsEmpty => Failed(
                "unknown-data",
                member.Name,
                $"it holds {node.Keys} keys and is not known to the cluster",
                "it would have to throw them away to join",
                "save them first; then FLUSHALL on it, and run the same command again"
            ),
            { IsPrimary: false, Link: not LinkState.InSync } => Failed(
                "replica-link",
                member.Name,
                "it is not in sync with its primary",
                "who has the data of a shard decides who can go",
                "wait until it is: slotwright status shows it"
            ),
            _ => null,
        };

    private static Finding OfShard(Shard shard) =>
        Failed(
            "shard-down",
            shard.Primary.Label,
            $"slots {shard.Slots}: their owner does not answer",
            "slots are moved by their owner",
            $"slotwright failover {shard.Primary.Label}, or start it"
        );

    private static Finding OfVolume(string member) =>
        Failed(
            "volume-left",
            member,
            "a former member of that name left a volume with data",
            "it would come back with slots and roles of another time",
            "--reset-volumes empties it, --delete-volumes takes a new one; or save what is on it first"
        );

    private static ImmutableArray<Finding> If(bool isSo, Finding finding) => isSo ? [finding] : [];

    private static Finding Failed(string code, string subject, string what, string why, string remedy) =>
        new(code, Verdict.Failed, subject, what, why, remedy);
}
