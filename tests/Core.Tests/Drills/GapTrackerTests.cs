using Slotwright.Core.Drills;

namespace Slotwright.Core.Tests.Drills;

public sealed class GapTrackerTests
{
    private readonly GapTracker _gaps = new();

    [Fact]
    public void The_longest_gap_is_found_with_its_beginning()
    {
        Acknowledge(10, 20, 30, 530, 540);

        Assert.Equal(new Gap(Ms(30), Ms(500)), _gaps.LongestUntil(Ms(600)));
    }

    [Fact]
    public void A_shard_that_never_answers_has_a_gap_as_long_as_the_run() =>
        Assert.Equal(new Gap(Ms(0), Ms(600)), _gaps.LongestUntil(Ms(600)));

    [Fact]
    public void A_shard_that_never_answers_again_has_a_gap_until_the_end()
    {
        Acknowledge(10, 20, 30);

        Assert.Equal(new Gap(Ms(30), Ms(570)), _gaps.LongestUntil(Ms(600)));
    }

    [Fact]
    public void Acknowledgements_told_out_of_order_make_no_gap()
    {
        Acknowledge(100, 90, 110);

        Assert.Equal(new Gap(Ms(0), Ms(100)), _gaps.LongestUntil(Ms(120)));
    }

    private void Acknowledge(params int[] at)
    {
        foreach (var ms in at)
        {
            _gaps.Acknowledged(Ms(ms));
        }
    }

    private static TimeSpan Ms(int ms) => TimeSpan.FromMilliseconds(ms);
}
