using System.Numerics;

namespace Slotwright.Core.Drills;

/// <summary>
/// Latencies from 1 microsecond to 67 seconds of each bucket of a timeline, two classes for each power of two: enough
/// for a picture. Not thread-safe.
/// </summary>
internal sealed class BucketLatencies(int buckets)
{
    private const int Classes = 52;
    private const long Largest = (1L << 26) - 1;

    private readonly int[] _counts = new int[buckets * Classes];

    public void Record(int bucket, TimeSpan latency)
    {
        var micros = Math.Clamp(latency.Ticks / TimeSpan.TicksPerMicrosecond, 1, Largest);
        var power = BitOperations.Log2((ulong)micros);
        var isUpperHalf = power > 0 && ((micros >> (power - 1)) & 1) == 1;
        _counts[(bucket * Classes) + (2 * power) + (isUpperHalf ? 1 : 0)]++;
    }

    /// <returns>The middle of its class; zero where nothing was recorded.</returns>
    public TimeSpan Percentile(int bucket, double percent)
    {
        var counts = _counts.AsSpan(bucket * Classes, Classes);
        var total = 0L;
        foreach (var count in counts)
        {
            total += count;
        }
        var rank = (long)Math.Ceiling(percent / 100 * total);
        for (var (i, seen) = (0, 0L); i < Classes && total > 0; i++)
        {
            seen += counts[i];
            if (seen >= rank)
            {
                return TimeSpan.FromMicroseconds((1L << (i / 2)) * (i % 2 == 0 ? 1.25 : 1.75));
            }
        }
        return TimeSpan.Zero;
    }

    /// <summary>Two buckets become one.</summary>
    public void Halve()
    {
        for (var i = 0; i < buckets; i++)
        {
            for (var c = 0; c < Classes; c++)
            {
                ref var target = ref _counts[(i * Classes) + c];
                target = 2 * i < buckets ? _counts[(2 * i * Classes) + c] + _counts[(((2 * i) + 1) * Classes) + c] : 0;
            }
        }
    }
}
