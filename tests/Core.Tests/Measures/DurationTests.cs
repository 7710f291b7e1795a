using CsCheck;
using Slotwright.Core.Measures;

namespace Slotwright.Core.Tests.Measures;

public sealed class DurationTests
{
    [Theory]
    [InlineData("500ms", 500)]
    [InlineData("5s", 5_000)]
    [InlineData("1.5s", 1_500)]
    [InlineData("0.25ms", 0.25)]
    [InlineData("2m", 120_000)]
    [InlineData("1h", 3_600_000)]
    [InlineData("7d", 604_800_000)]
    [InlineData("0", 0)]
    [InlineData("0s", 0)]
    [InlineData("3650d", 315_360_000_000)]
    public void A_number_and_its_unit_are_a_duration(string text, double milliseconds)
    {
        Assert.True(Duration.TryParse(text, out var duration));
        Assert.Equal(milliseconds, duration.TotalMilliseconds);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("s")]
    [InlineData("-5s")]
    [InlineData("+5s")]
    [InlineData("5 s")]
    [InlineData(" 5s")]
    [InlineData("5S")]
    [InlineData("5sec")]
    [InlineData("1m30s")]
    [InlineData("1,5s")]
    [InlineData("1.2.3s")]
    [InlineData(".s")]
    [InlineData("1e3s")]
    [InlineData("3651d")]
    [InlineData("99999999999999999999999999999999999d")]
    [InlineData("00:00:05")]
    public void Anything_else_is_none(string? text) => Assert.False(Duration.TryParse(text, out _));

    [Theory]
    [InlineData("0", "0s")]
    [InlineData("500ms", "500ms")]
    [InlineData("1.5s", "1500ms")]
    [InlineData("0.5ms", "0.5ms")]
    [InlineData("90s", "90s")]
    [InlineData("120s", "2m")]
    [InlineData("48h", "2d")]
    public void It_is_written_in_the_largest_unit_that_divides_it(string text, string expected)
    {
        Assert.True(Duration.TryParse(text, out var duration));
        Assert.Equal(expected, Duration.Format(duration));
    }

    [Fact]
    public void What_is_written_is_read_back() =>
        Gen.Long[0, Duration.Longest.Ticks]
            .Sample(ticks =>
                Duration.TryParse(Duration.Format(TimeSpan.FromTicks(ticks)), out var back) && back.Ticks == ticks
            );
}
