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

    [Fact]
    public void Gaps_that_people_notice_are_kept_in_their_order_and_only_the_longest_of_many()
    {
        Acknowledge(10, 300, 350, 500);
        Assert.Equal(
            [new Gap(Ms(10), Ms(290)), new Gap(Ms(350), Ms(150)), new Gap(Ms(500), Ms(100))],
            _gaps.NoticeableUntil(Ms(600))
        );

        Acknowledge([.. Enumerable.Range(5, 100).Select(i => i * 200)]);
        var kept = _gaps.NoticeableUntil(Ms(100 * 200));
        Assert.Equal(32, kept.Length);
        Assert.Contains(new Gap(Ms(10), Ms(290)), kept);
        Assert.DoesNotContain(new Gap(Ms(350), Ms(150)), kept);
        Assert.Equal(kept.OrderBy(g => g.From), kept);
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
