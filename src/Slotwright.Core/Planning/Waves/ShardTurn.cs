using System.Collections.Immutable;
using Slotwright.Core.Cluster;

namespace Slotwright.Core.Planning.Waves;

/// <summary>What a shard needs: which of its members restart, which stays as it is, who takes over from its primary.</summary>
/// <param name="Replicas">Replicas to restart, in the order of their ordinals; those that are down left out.</param>
/// <param name="Kept">Stays at the revision that it has; null for none.</param>
/// <param name="Targets">Replicas that can take over from the primary; empty where it has not to move.</param>
/// <param name="Primary">What becomes of its primary.</param>
internal sealed record ShardTurn(
    Shard Shard,
    ImmutableArray<Node> Replicas,
    Node? Kept,
    ImmutableArray<Node> Targets,
    PrimaryTurn Primary
)
{
    public static ShardTurn Of(Shard shard, Topology topology, bool keepsOne)
    {
        var primary = shard.Primary;
        var isOld = Outdated.Is(primary, topology);
        var isDown = Outdated.IsDown(primary, topology);
        var old = shard.Replicas.RemoveAll(r => !Outdated.Is(r, topology) || Outdated.IsDown(r, topology));
        var takers = shard.Replicas.RemoveAll(r =>
            r.Link != LinkState.InSync && !(Outdated.IsDown(r, topology) && topology.Members.ContainsKey(r.Member!))
        );
        Node? kept = null;
        if (keepsOne)
        {
            // as the primary is to be new, one that is left can be the old one: a replica before the primary itself
            kept =
                isOld && !isDown
                    ? takers.Length > 1
                        ? old.LastOrDefault(takers.Contains) ?? primary
                        : takers.IsEmpty
                            ? null
                            : primary
                    : old.LastOrDefault();
        }
        return new ShardTurn(
            shard,
            old.RemoveAll(r => r.Id == kept?.Id),
            kept,
            isOld && !isDown ? takers.RemoveAll(r => r.Id == kept?.Id) : [],
            !isOld || isDown ? PrimaryTurn.Stays
                : takers.IsEmpty ? PrimaryTurn.GoesDown
                : kept?.Id == primary.Id ? PrimaryTurn.GivesUp
                : PrimaryTurn.Moves
        );
    }
}
