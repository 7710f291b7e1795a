using System.Collections.Immutable;
using System.Globalization;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;

namespace Slotwright.Core.Planning.SlotMoves;

/// <summary>Reads the weights of shards; all that is wrong with them is said at once.</summary>
internal static class ShardWeights
{
    private const string Option = "--weight";

    /// <returns>One for each primary.</returns>
    /// <exception cref="BadInputException">A weight names no shard, or is none; or all are 0.</exception>
    public static ImmutableArray<double> Of(Topology topology, Node[] primaries, ImmutableArray<ShardWeight> words)
    {
        var problems = new List<Problem>();
        var named = new Dictionary<NodeId, double>();
        foreach (var word in words)
        {
            var weight = Number(word, problems);
            try
            {
                var shard = SlotEnd.Select(word.Shard, topology, Option);
                if (!named.TryAdd(shard.Id, weight))
                {
                    problems.Add(
                        new Problem(Option, $"{word.Shard}: its shard has a weight already", "name each shard once")
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
            problems.Add(new Problem(Option, "all shards have the weight 0", "at least one has to own the slots"));
        }
        return problems.Count == 0 ? weights : throw new BadInputException([.. problems]);
    }

    private static double Number(ShardWeight word, List<Problem> problems)
    {
        if (word.Weight is null)
        {
            problems.Add(
                new Problem(Option, $"'{word.Shard}' has no weight", $"write SHARD=W, such as {word.Shard}=2")
            );
            return 0;
        }
        if (
            double.TryParse(word.Weight, NumberStyles.Float, CultureInfo.InvariantCulture, out var weight)
            && double.IsFinite(weight)
            && weight >= 0
        )
        {
            return weight;
        }
        problems.Add(
            new Problem(
                Option,
                $"{word.Shard} can't have the weight '{word.Weight}'",
                "give a number from 0: 0.5, 1, 2"
            )
        );
        return 0;
    }
}
