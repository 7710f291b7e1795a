namespace Slotwright.Core.Drills;

/// <summary>
/// What became of the operations that were due at each time of a run, in buckets of 100 ms; when there are more than 600
/// of them, two become one, so that memory is bounded. Not thread-safe.
/// </summary>
/// <param name="latencies">Keep the latencies of each bucket too, 208 bytes each.</param>
public sealed class Timeline(bool latencies)
{
    private const int Capacity = 600;

    public static readonly TimeSpan FirstWidth = TimeSpan.FromMilliseconds(100);

    private readonly TimelineBucket[] _buckets = new TimelineBucket[Capacity];
    private readonly BucketLatencies? _latencies = latencies ? new BucketLatencies(Capacity) : null;
    private int _used;

    public TimeSpan Width { get; private set; } = FirstWidth;

    /// <param name="due">Time since the run began; what is earlier counts as its beginning.</param>
    public void Succeeded(TimeSpan due, TimeSpan latency)
    {
        var index = IndexOf(due);
        _buckets[index].Succeeded++;
        _latencies?.Record(index, latency);
    }

    /// <param name="due">Time since the run began; what is earlier counts as its beginning.</param>
    public void Failed(TimeSpan due) => _buckets[IndexOf(due)].Failed++;

    /// <summary>From the beginning to the last time that was told, without a hole.</summary>
    public TimelineSamples ToSamples() =>
        new(
            Width,
            [
                .. Enumerable
                    .Range(0, _used)
                    .Select(i => new TimelineSample(
                        _buckets[i].Succeeded,
                        _buckets[i].Failed,
                        _latencies?.Percentile(i, 50) ?? TimeSpan.Zero,
                        _latencies?.Percentile(i, 99) ?? TimeSpan.Zero
                    )),
            ]
        );

    private int IndexOf(TimeSpan due)
    {
        while (due >= Width * Capacity)
        {
            Halve();
        }
        var index = due <= TimeSpan.Zero ? 0 : (int)(due.Ticks / Width.Ticks);
        _used = Math.Max(_used, index + 1);
        return index;
    }

    private void Halve()
    {
        for (var i = 0; i < Capacity / 2; i++)
        {
            var (a, b) = (_buckets[2 * i], _buckets[(2 * i) + 1]);
            _buckets[i] = new TimelineBucket { Succeeded = a.Succeeded + b.Succeeded, Failed = a.Failed + b.Failed };
        }
        Array.Clear(_buckets, Capacity / 2, Capacity / 2);
        _latencies?.Halve();
        _used = (_used + 1) / 2;
        Width *= 2;
    }
}
