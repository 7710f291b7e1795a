using System.Collections.Immutable;

namespace Slotwright.Core.Planning.SlotMoves;

/// <summary>Divides a number over shares so that nothing is left and none is more than one off its exact part.</summary>
public static class Portions
{
    /// <param name="count">0 to the sum of the shares.</param>
    /// <param name="shares">None below 0; no portion is larger than its share.</param>
    /// <returns>One for each share, in their order; together exactly <paramref name="count"/>.</returns>
    public static ImmutableArray<int> Of(int count, ImmutableArray<int> shares)
    {
        var total = shares.Sum(s => (long)s);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, total);
        if (count == 0)
        {
            return [.. shares.Select(_ => 0)];
        }
        int[] portions = [.. shares.Select(s => (int)(count * (long)s / total))];
        foreach (
            var i in Enumerable
                .Range(0, shares.Length)
                .OrderByDescending(i => count * (long)shares[i] % total)
                .ThenBy(i => i)
                .Take(count - portions.Sum())
        )
        {
            portions[i]++;
        }
        return [.. portions];
    }
}
