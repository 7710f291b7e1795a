using Slotwright.Operations.SlotMovers;

namespace Slotwright.Unit.Tests.SlotMovers;

public sealed class PaceTests
{
    private static readonly TimeSpan Ten = TimeSpan.FromMilliseconds(10);

    [Fact]
    public void A_server_rests_by_what_a_call_took() =>
        Assert.Equal(Ten * 4, CallGates.Rest(MovePace.Gentle, bytes: 1, Ten));

    [Fact]
    public void A_call_that_was_faster_than_the_bandwidth_allows_rests_longer() =>
        Assert.Equal(
            TimeSpan.FromSeconds(1) - Ten,
            CallGates.Rest(MovePace.Gentle, MovePace.Gentle.BytesPerSecond!.Value, Ten)
        );

    [Fact]
    public void At_the_fast_pace_nobody_rests() =>
        Assert.Equal(TimeSpan.Zero, CallGates.Rest(MovePace.Fast, 1 << 30, Ten));

    [Fact]
    public void What_a_call_may_carry_follows_what_calls_took()
    {
        var budget = new BlockBudget(Ten);
        for (var i = 0; i < 50; i++)
        {
            budget.Learn(1_000_000, TimeSpan.FromMilliseconds(1));
        }
        Assert.InRange(budget.Bytes, 9_000_000, 10_000_000);
        Assert.InRange(budget.Expected(1_000_000_000).TotalSeconds, 0.99, 1.1);
    }

    [Fact]
    public void A_slow_server_is_given_little()
    {
        var budget = new BlockBudget(Ten);
        for (var i = 0; i < 50; i++)
        {
            budget.Learn(10_000, TimeSpan.FromMilliseconds(100));
        }
        Assert.Equal(4 << 10, budget.Bytes);
    }

    [Fact]
    public void A_key_is_too_big_by_the_best_rate_that_was_seen_not_by_a_bad_day()
    {
        var budget = new BlockBudget(Ten);
        Assert.Null(Find(1 << 20));
        Assert.NotNull(Find(2 << 20));
        budget.Learn(10_000, TimeSpan.FromMilliseconds(100));
        Assert.Null(Find(1 << 20));
        budget.Learn(10_000_000, TimeSpan.FromMilliseconds(10));
        Assert.Null(Find(2 << 20));
        Assert.NotNull(Find(20 << 20));

        BigKey? Find(long bytes) => BigKey.Find(7, [new SizedKey("k"u8.ToArray(), bytes)], budget, Ten);
    }

    [Fact]
    public void Calls_that_carry_nothing_teach_nothing()
    {
        var budget = new BlockBudget(Ten);
        var before = budget.Bytes;
        budget.Learn(10, TimeSpan.FromMilliseconds(1));
        Assert.Equal(before, budget.Bytes);
    }
}
