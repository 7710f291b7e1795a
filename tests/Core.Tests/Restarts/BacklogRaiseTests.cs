using Slotwright.Core.Restarts;

namespace Slotwright.Core.Tests.Restarts;

public sealed class BacklogRaiseTests
{
    private const long MiB = 1 << 20;

    [Theory]
    [InlineData(10, 5, 0, 0, 10)] // never lowered
    [InlineData(10, 50, 0, 0, 50)]
    [InlineData(10, 5000, 0, 0, 1034)] // without a limit
    [InlineData(10, 50, 100, 1000, 50)]
    [InlineData(10, 500, 900, 1000, 60)] // half of what is free
    [InlineData(10, 500, 1000, 1000, 10)]
    [InlineData(10, 500, 1100, 1000, 10)]
    public void It_is_raised_to_what_is_wanted_and_what_the_keys_can_spare(
        long now,
        long wanted,
        long used,
        long max,
        long expected
    ) => Assert.Equal(expected * MiB, BacklogRaise.To(now * MiB, wanted * MiB, used * MiB, max * MiB));

    [Fact]
    public void What_is_away_is_the_save_the_pause_the_load_and_the_link()
    {
        var estimate = new ResumeEstimate(300_000_000, 1_000_000, TimeSpan.FromSeconds(20));
        Assert.Equal(
            (4, 3, 29),
            (estimate.SaveTime.TotalSeconds, estimate.LoadTime.TotalSeconds, estimate.Away.TotalSeconds)
        );
        Assert.Equal((29_000_000, 58_000_000), (estimate.Missed, estimate.WantedBacklog));
    }
}
