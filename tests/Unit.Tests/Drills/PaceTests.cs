using CsCheck;
using Slotwright.Operations.Drills;

namespace Slotwright.Unit.Tests.Drills;

public sealed class PaceTests
{
    [Fact]
    public void Operations_are_due_at_even_times_from_the_phase_on()
    {
        var pace = new Pace(100, TimeSpan.FromMilliseconds(3));

        Assert.Equal(3, pace.At(0).TotalMilliseconds);
        Assert.Equal(13, pace.At(1).TotalMilliseconds);
        Assert.Equal(10_003, pace.At(1000).TotalMilliseconds);
        Assert.Equal(0, pace.DueBy(TimeSpan.FromMilliseconds(2)));
        Assert.Equal(1, pace.DueBy(TimeSpan.FromMilliseconds(3)));
        Assert.Equal(0, pace.DueBefore(TimeSpan.FromMilliseconds(3)));
        Assert.Equal(2, pace.DueBy(TimeSpan.FromMilliseconds(13.5)));
    }

    [Fact]
    public void A_day_at_an_odd_rate_does_not_drift() =>
        Assert.Equal(3 * 86_400, new Pace(3, TimeSpan.Zero).DueBefore(TimeSpan.FromDays(1)));

    [Fact]
    public void What_is_due_by_a_time_has_come_and_the_next_has_not() =>
        Gen.Select(Gen.Double[0.001, 1_000_000], Gen.Long[0, TimeSpan.TicksPerHour])
            .Sample(
                (rate, ticks) =>
                {
                    var pace = new Pace(rate, TimeSpan.FromMilliseconds(1));
                    var time = TimeSpan.FromTicks(ticks);
                    var due = pace.DueBy(time);

                    Assert.True(due == 0 || pace.At(due - 1) <= time);
                    Assert.True(pace.At(due) > time);
                }
            );
}
