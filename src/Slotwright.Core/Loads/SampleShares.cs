using System.Collections.Immutable;

namespace Slotwright.Core.Loads;

/// <summary>
/// How many keys of each slot are looked at, where not all can be: as many of each as of the others, and what small slots
/// leave over goes to the larger.
/// </summary>
public static class SampleShares
{
    /// <param name="keys">Keys of each slot.</param>
    /// <param name="most">Keys that may be looked at in all.</param>
    /// <returns>One for each slot, in their order.</returns>
    public static ImmutableArray<int> Of(ImmutableArray<long> keys, int most)
    {
        var shares = new int[keys.Length];
        int[] full = [.. keys.Index().Where(k => k.Item > 0).OrderBy(k => k.Item).Select(k => k.Index)];
        var left = most;
        if (full.Length > most)
        {
            // one of each would be too many: some of them, spread over all
            foreach (var i in Enumerable.Range(0, most).Select(i => (long)i * full.Length / most))
            {
                shares[full[i]] = 1;
            }
            return [.. shares];
        }
        for (var i = 0; i < full.Length; i++)
        {
            var share = (int)Math.Min(keys[full[i]], left / (full.Length - i));
            shares[full[i]] = share;
            left -= share;
        }
        return [.. shares];
    }
}
