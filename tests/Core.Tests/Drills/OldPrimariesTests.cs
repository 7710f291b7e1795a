using Slotwright.Core.Cluster;
using Slotwright.Core.Drills;

namespace Slotwright.Core.Tests.Drills;

public sealed class OldPrimariesTests
{
    private static readonly NodeAddress First = new("127.0.0.1", 7400);
    private static readonly NodeAddress Second = new("127.0.0.1", 7401);
    private readonly OldPrimaries _tracker = new(First);

    [Fact]
    public void Before_a_promotion_nothing_is_old()
    {
        _tracker.Acknowledge(First, Ms(1));
        _tracker.Promoted(First, Ms(2));
        _tracker.Acknowledge(First, Ms(3));

        Assert.Equal(0, _tracker.Acknowledged);
    }

    [Fact]
    public void What_the_former_primary_acknowledges_after_it_counts_and_what_was_sent_before_does_not()
    {
        _tracker.Promoted(Second, Ms(10));
        _tracker.Acknowledge(First, Ms(10));
        _tracker.Acknowledge(Second, Ms(11));
        _tracker.Acknowledge(First, Ms(12));
        _tracker.Acknowledge(First, Ms(13));

        Assert.Equal(2, _tracker.Acknowledged);
    }

    [Fact]
    public void Who_becomes_primary_again_is_no_longer_old()
    {
        _tracker.Promoted(Second, Ms(10));
        _tracker.Promoted(First, Ms(20));
        _tracker.Acknowledge(First, Ms(21));
        Assert.Equal(0, _tracker.Acknowledged);

        _tracker.Acknowledge(Second, Ms(22));
        Assert.Equal(1, _tracker.Acknowledged);
    }

    [Fact]
    public void A_member_that_comes_back_elsewhere_is_no_old_primary()
    {
        _tracker.Acknowledge(new NodeAddress("127.0.0.9", 7400), Ms(5));

        Assert.Equal(0, _tracker.Acknowledged);
    }

    private static TimeSpan Ms(double milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
}
