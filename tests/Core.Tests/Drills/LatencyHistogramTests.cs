using CsCheck;
using Slotwright.Core.Drills;

namespace Slotwright.Core.Tests.Drills;

public sealed class LatencyHistogramTests
{
    [Fact]
    public void Percentiles_are_within_two_per_cent_of_the_true_ones() =>
        Gen.Int[1, 60_000_000]
            .Array[1, 500]
            .Sample(micros =>
            {
                var histogram = new LatencyHistogram();
                foreach (var value in micros)
                {
                    histogram.Record(TimeSpan.FromMicroseconds((double)value));
                }
                var sorted = micros.Order().ToArray();
                foreach (var percent in (double[])[0, 50, 90, 99, 99.9, 100])
                {
                    var exact = sorted[Math.Max(0, (int)Math.Ceiling(percent / 100 * sorted.Length) - 1)];
                    var told = histogram.Percentile(percent).TotalMicroseconds;
                    Assert.InRange(told, exact, exact * 1.016 + 1);
                }
            });

    [Fact]
    public void The_greatest_latency_is_told_exactly()
    {
        var histogram = new LatencyHistogram();
        histogram.Record(TimeSpan.FromMicroseconds(12_345_677d));

        Assert.Equal(12_345_677, histogram.Summarise().Max.TotalMicroseconds);
        Assert.Equal(12_345_677, histogram.Percentile(99).TotalMicroseconds);
    }

    [Fact]
    public void Nothing_recorded_is_all_zero() => Assert.Equal(TimeSpan.Zero, LatencySummary.None.P99);

    [Fact]
    public void What_is_out_of_range_counts_as_its_nearest_end()
    {
        var histogram = new LatencyHistogram();
        histogram.Record(TimeSpan.Zero);
        histogram.Record(TimeSpan.FromHours(1));

        Assert.Equal(1, histogram.Percentile(50).TotalMicroseconds);
        Assert.Equal(67, histogram.Percentile(100).TotalSeconds, 0.2);
    }

    [Fact]
    public void Two_histograms_added_are_as_one()
    {
        var (one, two, both) = (new LatencyHistogram(), new LatencyHistogram(), new LatencyHistogram());
        for (var i = 1; i < 1000; i++)
        {
            (i % 3 == 0 ? one : two).Record(TimeSpan.FromMicroseconds((double)i * i));
            both.Record(TimeSpan.FromMicroseconds((double)i * i));
        }
        one.Add(two);

        Assert.Equal(both.Summarise(), one.Summarise());
        one.Clear();
        Assert.Equal(LatencySummary.None, one.Summarise());
    }
}
