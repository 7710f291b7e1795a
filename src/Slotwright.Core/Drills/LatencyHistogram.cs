using System.Numerics;

namespace Slotwright.Core.Drills;

/// <summary>
/// Counts latencies from 1 microsecond to 67 seconds in buckets that are at most 1.6 % wide, as HdrHistogram does:
/// 64 of them for each power of two, about 11 KB in all, however much is recorded. Not thread-safe.
/// </summary>
public sealed class LatencyHistogram
{
    private const int SubBits = 6;
    private const long Largest = (1L << 26) - 1;

    private readonly long[] _counts = new long[IndexOf(Largest) + 1];
    private long _max;

    public long Count { get; private set; }

    /// <summary>What is outside of the range counts as its nearest end.</summary>
    public void Record(TimeSpan latency)
    {
        var micros = Math.Clamp(latency.Ticks / TimeSpan.TicksPerMicrosecond, 1, Largest);
        _counts[IndexOf(micros)]++;
        _max = Math.Max(_max, micros);
        Count++;
    }

    public void Add(LatencyHistogram other)
    {
        for (var i = 0; i < _counts.Length; i++)
        {
            _counts[i] += other._counts[i];
        }
        _max = Math.Max(_max, other._max);
        Count += other.Count;
    }

    public void Clear()
    {
        Array.Clear(_counts);
        _max = 0;
        Count = 0;
    }

    /// <summary>The latency that this share of the records did not exceed; zero where nothing was recorded.</summary>
    /// <param name="percent">0 to 100.</param>
    public TimeSpan Percentile(double percent)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(percent);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(percent, 100);
        var rank = Math.Max(1, (long)Math.Ceiling(percent / 100 * Count));
        long seen = 0;
        for (var i = 0; i < _counts.Length && Count > 0; i++)
        {
            seen += _counts[i];
            if (seen >= rank)
            {
                return TimeSpan.FromMicroseconds(Math.Min(UpperEdgeOf(i), _max));
            }
        }
        return TimeSpan.Zero;
    }

    public LatencySummary Summarise() =>
        new(
            Count,
            Percentile(50),
            Percentile(90),
            Percentile(99),
            Percentile(99.9),
            TimeSpan.FromMicroseconds((double)_max)
        );

    private static int IndexOf(long micros)
    {
        var shift = Math.Max(0, BitOperations.Log2((ulong)micros) - SubBits);
        return (shift << SubBits) + (int)(micros >> shift);
    }

    private static double UpperEdgeOf(int index)
    {
        var shift = Math.Max(0, (index >> SubBits) - 1);
        return ((index - ((long)shift << SubBits) + 1) << shift) - 1;
    }
}
