using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Observing;
using Slotwright.Core.Slots;

namespace Slotwright.Core.Planning.Recovery;

/// <summary>What is amiss in a cluster that nothing mends by itself, and the ways out of it.</summary>
public static class RecoveryJudge
{
    public static RecoveryReport Of(Observation seen, RecoveryFacts facts)
    {
        var topology = seen.Topology;
        var voters = topology.Voters.ToArray();
        ImmutableArray<RecoveryProblem> problems =
        [
            .. topology.Shards().Select(s => OfShard(s, seen, facts)).OfType<RecoveryProblem>(),
            .. Uncovered(topology),
        ];
        return new RecoveryReport(voters.Length, voters.Count(v => v.Reachable), RecoveryCommands.Told(problems));
    }

    private static RecoveryProblem? OfShard(Shard shard, Observation seen, RecoveryFacts facts)
    {
        var primary = shard.Primary;
        if (primary is { Reachable: true, IsHeldBack: false, Failed: false })
        {
            return null;
        }
        var ways = new ShardWays(shard, seen, facts);
        var (code, what, choices) =
            primary.IsHeldBack ? ways.HeldBack()
            : primary.Reachable ? ways.Answering()
            : RecoverySights.IsAliveUnsaid(primary, seen) ? ways.Alive()
            : !HandOverRules.IsGone(primary, seen.Topology) ? ways.Silent()
            : Successor.Fit(shard).IsEmpty ? ways.Lost()
            : ways.Gone();
        return new RecoveryProblem(code, shard.Slots, what, RecoverySights.Of(shard, seen, facts), choices)
        {
            Owner = primary.Id,
        };
    }

    /// <summary>Where no slot has an owner there is no cluster yet, and nothing to recover.</summary>
    private static IEnumerable<RecoveryProblem> Uncovered(Topology topology)
    {
        var nobody = SlotSet.All.Except(topology.Covered());
        if (nobody.IsEmpty || topology.Shards().IsEmpty)
        {
            yield break;
        }
        yield return new RecoveryProblem(
            "slots-uncovered",
            nobody,
            "they have no owner, and nobody who answers ever claims them",
            [],
            [
                new RecoveryChoice(
                    RecoveryWay.BringBack,
                    "a member that had them comes back with its disk",
                    Loses: null
                ),
                FromNothing.Choice(nobody, topology, "whoever had them"),
            ]
        );
    }
}
