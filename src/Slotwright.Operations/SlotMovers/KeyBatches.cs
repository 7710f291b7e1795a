using System.Collections.Immutable;

namespace Slotwright.Operations.SlotMovers;

/// <summary>Divides keys into batches that one call each may carry.</summary>
internal static class KeyBatches
{
    /// <param name="bytes">What a batch may carry; a key that alone is more is a batch of its own.</param>
    /// <param name="most">Keys of one batch, at least 1.</param>
    public static IEnumerable<ImmutableArray<SizedKey>> Of(ImmutableArray<SizedKey> keys, long bytes, int most)
    {
        var batch = ImmutableArray.CreateBuilder<SizedKey>();
        var carried = 0L;
        foreach (var key in keys)
        {
            if (batch.Count > 0 && (carried + key.Bytes > bytes || batch.Count == most))
            {
                yield return batch.DrainToImmutable();
                carried = 0;
            }
            batch.Add(key);
            carried += key.Bytes;
        }
        if (batch.Count > 0)
        {
            yield return batch.DrainToImmutable();
        }
    }
}
