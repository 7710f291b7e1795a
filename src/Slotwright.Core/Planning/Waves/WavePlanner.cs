using System.Collections.Immutable;
using Slotwright.Core.Cluster;

namespace Slotwright.Core.Planning.Waves;

/// <summary>
/// Brings all members to their desired revision in waves: what is down first, then replicas, then primaries, which
/// hand over before. Members that are there already are left out, so that planning again goes on.
/// </summary>
public static class WavePlanner
{
    public static WaveDecision Plan(Topology topology, WaveWish wish)
    {
        var shards = topology.Shards();
        ImmutableArray<ShardTurn> turns = [.. shards.Select(s => ShardTurn.Of(s, topology, wish.KeepsOne))];
        var refusals = WaveRefusals.Of(topology, turns, wish);
        if (!refusals.IsEmpty)
        {
            return new WaveDecision(null, refusals, []);
        }
        var ends = PrimaryEnds.Choose(
            topology,
            [.. turns.Where(t => t.Primary is PrimaryTurn.Moves or PrimaryTurn.GivesUp)]
        );
        var stages = new WaveStages(topology, wish);
        stages.AddDown();
        stages.AddReplicas(turns);
        stages.AddPrimaries(ends);
        stages.AddDowntime(turns);
        var kept = turns.Select(t => t.Kept?.Member).OfType<string>().ToImmutableArray();
        var plan = new Plan(wish.Operation, stages.Build(), []);
        return new WaveDecision(
            plan with
            {
                Notes = WaveNotes.Of(topology, plan.Outcome(topology), turns, wish),
                RestoredBy = kept.IsEmpty ? null : WaveNotes.RestoreCommand,
            },
            [],
            kept
        );
    }
}
