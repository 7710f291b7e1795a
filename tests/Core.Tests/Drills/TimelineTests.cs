using Slotwright.Core.Drills;

namespace Slotwright.Core.Tests.Drills;

public sealed class TimelineTests
{
    private readonly Timeline _timeline = new(latencies: true);

    [Fact]
    public void Each_operation_counts_at_the_time_when_it_was_due()
    {
        _timeline.Succeeded(Ms(50), Ms(1));
        _timeline.Failed(Ms(310));
        _timeline.Succeeded(Ms(399), Ms(1));

        var samples = _timeline.ToSamples();
        Assert.Equal(Ms(100), samples.Width);
        Assert.Equal([(1, 0), (0, 0), (0, 0), (1, 1)], samples.Samples.Select(s => (s.Succeeded, s.Failed)));
        Assert.Equal([1, double.NaN, double.NaN, 0.5], samples.Samples.Select(s => s.SuccessRate));
    }

    [Fact]
    public void A_long_run_takes_no_more_memory_but_coarser_buckets_and_nothing_is_forgotten()
    {
        for (var i = 0; i < 600 * 5; i++)
        {
            _timeline.Succeeded(Ms(100 * i), Ms(1));
            _timeline.Failed(Ms(100 * i));
        }

        var samples = _timeline.ToSamples();
        Assert.Equal(Ms(800), samples.Width);
        Assert.Equal(375, samples.Samples.Length);
        Assert.All(samples.Samples, s => Assert.Equal((8, 8), (s.Succeeded, s.Failed)));
        Assert.All(samples.Samples, s => Assert.InRange(s.P99.TotalMilliseconds, 0.7, 1.3));
    }

    [Fact]
    public void Percentiles_are_of_their_bucket_alone_and_true_to_a_quarter()
    {
        for (var i = 0; i < 98; i++)
        {
            _timeline.Succeeded(Ms(10), Ms(2));
        }
        _timeline.Succeeded(Ms(20), Ms(700));
        _timeline.Succeeded(Ms(20), Ms(700));
        _timeline.Succeeded(Ms(110), Ms(90));

        var samples = _timeline.ToSamples().Samples;
        Assert.InRange(samples[0].P50.TotalMilliseconds, 1.5, 2.5);
        Assert.InRange(samples[0].P99.TotalMilliseconds, 525, 875);
        Assert.InRange(samples[1].P50.TotalMilliseconds, 67, 113);
    }

    [Fact]
    public void What_is_outside_of_the_range_is_taken_for_its_end()
    {
        _timeline.Succeeded(Ms(-5), TimeSpan.Zero);
        _timeline.Succeeded(Ms(5), TimeSpan.FromHours(1));

        Assert.Equal(2, Assert.Single(_timeline.ToSamples().Samples).Succeeded);
    }

    private static TimeSpan Ms(double milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
}
