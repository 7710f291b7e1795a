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
        Node[] primaries =
        [
            .. topology
                .Primaries.Where(p => p.Joined && (p.Reachable || !p.Slots.IsEmpty) && p.Member is not null)
                .OrderBy(p => topology.Members.TryGetValue(p.Member!, out var m) ? m.Ordinal : int.MaxValue)
                .ThenBy(p => p.Id),
        ];
        var weights = Weights(topology, primaries, wish);
        if (primaries.Length == 0)
        {
            return new Plan(Operation, [], []);
        }
        var moves = wish.Loads is { } loads
            ? LoadFlow.Of([.. primaries.Zip(weights, (p, w) => (p.Id, p.Slots, w))], loads, wish.Tolerance)
            : OfSlots(primaries, weights, wish.Tolerance);
        var stages = SlotMoveStages.Of(moves, topology, "Move slots", Why);
        return new Plan(Operation, stages, []) { RestoredBy = SlotMoveStages.RestoredBy(stages, topology) };

        string Why(SlotMove move) =>
            wish.Loads is null
                ? $"{topology.Find(move.From)!.Label} owns more than its share"
                : $"{topology.Find(move.From)!.Label} bears more than its share";
    }

    private static ImmutableArray<SlotMove> OfSlots(Node[] primaries, ImmutableArray<double> weights, double tolerance)
    {
        var quotas = SlotQuotas.Of([.. primaries.Select(p => p.Slots.Count)], weights);
        var isOff = primaries
            .Zip(quotas)
            .Any(p => Math.Abs(p.First.Slots.Count - p.Second) > Math.Max(1, p.Second * tolerance));
        return isOff ? SlotFlow.Of([.. primaries.Zip(quotas, (p, q) => (p.Id, p.Slots, q))]) : [];
    }

    private static ImmutableArray<double> Weights(Topology topology, Node[] primaries, RebalanceWish wish)
    {
        var problems = new List<Problem>();
        var named = new Dictionary<NodeId, double>();
        foreach (var (word, weight) in wish.Weights)
        {
            if (!double.IsFinite(weight) || weight < 0)
            {
                problems.Add(new Problem("--weight", $"{word} can't have the weight {weight}", "give a number from 0"));
            }
            try
            {
                var shard = SlotEnd.Select(word, topology, "--weight");
                if (!named.TryAdd(shard.Id, weight))
                {
                    problems.Add(
                        new Problem("--weight", $"{word}: its shard has a weight already", "name each shard once")
                    );
                }
            }
            catch (BadInputException e)
            {
                problems.AddRange(e.Problems);
            }
        }
        ImmutableArray<double> weights = [.. primaries.Select(p => named.GetValueOrDefault(p.Id, 1))];
        if (problems.Count == 0 && weights.Length > 0 && weights.All(w => w == 0))
        {
            problems.Add(new Problem("--weight", "all shards have the weight 0", "at least one has to own the slots"));
        }
        return problems.Count == 0 ? weights : throw new BadInputException([.. problems]);
    }
}
