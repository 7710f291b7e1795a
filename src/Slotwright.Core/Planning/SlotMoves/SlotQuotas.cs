using System.Collections.Immutable;
using Slotwright.Core.Slots;

namespace Slotwright.Core.Planning.SlotMoves;

/// <summary>
/// How many slots each shard is to have: its share of all by weight, rounded down or up. Of all such results the one that
/// moves the fewest slots.
/// </summary>
public static class SlotQuotas
{
    /// <param name="owned">Slots that each shard has; together at most 16384.</param>
    /// <param name="weights">One for each shard; 0 for one that is to have none. At least one above 0.</param>
    /// <returns>One for each shard, in their order; together as many as are owned.</returns>
    public static ImmutableArray<int> Of(ImmutableArray<int> owned, ImmutableArray<double> weights)
    {
        var (total, sum) = (owned.Sum(), weights.Sum());
        if (weights.Length != owned.Length || sum <= 0)
        {
            throw new ArgumentException("expected a weight for each shard, one of them above 0", nameof(weights));
        }
        if (total > HashSlot.Count)
        {
            throw new ArgumentException($"{total} slots are owned, of {HashSlot.Count}", nameof(owned));
        }
        double[] shares = [.. weights.Select(w => total * w / sum)];
        int[] quotas = [.. shares.Select(Floor)];
        var left = total - quotas.Sum();
        // a shard that has more than its share rounded down keeps one slot more without a move
        var first = Enumerable
            .Range(0, owned.Length)
            .Where(i => shares[i] > quotas[i] || IsWhole(shares[i]))
            .OrderByDescending(i => shares[i] > quotas[i])
            .ThenByDescending(i => owned[i] > quotas[i])
            .ThenByDescending(i => shares[i] - quotas[i])
            .ThenBy(i => i);
        foreach (var i in first.Take(left))
        {
            quotas[i]++;
        }
        return [.. quotas];
    }

    /// <summary>Of shares such as 5461.999999999999, which are whole but for the arithmetic.</summary>
    private static int Floor(double share) => (int)Math.Floor(share + Dust);

    private static bool IsWhole(double share) => Math.Abs(share - Math.Round(share)) < Dust;

    private const double Dust = 1e-9;
}
