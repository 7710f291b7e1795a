using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;

namespace Slotwright.Core.Planning.SlotMoves;

/// <summary>Shards share slots, or what lies in them, by their weights.</summary>
public static class RebalancePlanner
{
    private const string Operation = "rebalance";

    /// <exception cref="BadInputException">A weight names no shard, or is none; or all are 0.</exception>
    public static Plan Plan(Topology topology, RebalanceWish wish)
    {
        var primaries = Primaries(topology);
        var weights = ShardWeights.Of(topology, primaries, wish.Weights);
        if (primaries.Length == 0)
        {
            return new Plan(Operation, [], []);
        }
        var moves = wish.Loads is { } loads
            ? LoadFlow.Of([.. primaries.Zip(weights, (p, w) => (p.Id, p.Slots, w))], loads, wish.Tolerance)
            : OfSlots(primaries, weights, wish.Tolerance);
        var stages = SlotMoveStages.Of(moves, topology, "Move slots", Why);
        return new Plan(Operation, stages, [])
        {
            RestoredBy = SlotMoveStages.RestoredBy(stages, topology),
            Balance = BalanceSheet.Of(primaries, weights, moves, wish),
        };

        string Why(SlotMove move) =>
            wish.Loads is null
                ? $"{topology.Find(move.From)!.Label} owns more than its share"
                : $"{topology.Find(move.From)!.Label} bears more than its share";
    }

    /// <summary>Before anything is read or set that the plan would need.</summary>
    /// <exception cref="BadInputException">A weight names no shard, or is none; or all are 0.</exception>
    public static void Demand(Topology topology, ImmutableArray<ShardWeight> weights) =>
        ShardWeights.Of(topology, Primaries(topology), weights);

    private static Node[] Primaries(Topology topology) =>
        [
            .. topology
                .Primaries.Where(p => p.Joined && (p.Reachable || !p.Slots.IsEmpty) && p.Member is not null)
                .OrderBy(p => topology.Members.TryGetValue(p.Member!, out var m) ? m.Ordinal : int.MaxValue)
                .ThenBy(p => p.Id),
        ];

    private static ImmutableArray<SlotMove> OfSlots(Node[] primaries, ImmutableArray<double> weights, double tolerance)
    {
        var quotas = SlotQuotas.Of([.. primaries.Select(p => p.Slots.Count)], weights);
        var isOff = primaries
            .Zip(quotas)
            .Any(p => Math.Abs(p.First.Slots.Count - p.Second) > Math.Max(1, p.Second * tolerance));
        return isOff ? SlotFlow.Of([.. primaries.Zip(quotas, (p, q) => (p.Id, p.Slots, q))]) : [];
    }
}
