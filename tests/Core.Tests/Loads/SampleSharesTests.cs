using Slotwright.Core.Loads;

namespace Slotwright.Core.Tests.Loads;

public sealed class SampleSharesTests
{
    [Fact]
    public void All_keys_are_looked_at_where_there_are_few() =>
        Assert.Equal([3, 0, 5], SampleShares.Of([3, 0, 5], 100));

    [Fact]
    public void What_small_slots_leave_over_goes_to_the_larger() =>
        Assert.Equal([1, 49, 50, 0], SampleShares.Of([1, 1_000_000, 2_000_000_000_000, 0], 100));

    [Fact]
    public void More_slots_than_keys_that_may_be_looked_at_are_spread_over_all()
    {
        var shares = SampleShares.Of([.. Enumerable.Repeat(7L, 1000)], 10);
        Assert.Equal(10, shares.Sum());
        Assert.Equal(
            Enumerable.Range(0, 10).Select(i => i * 100),
            shares.Index().Where(s => s.Item == 1).Select(s => s.Index)
        );
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Never_more_than_there_are_and_as_many_as_may_be(int seed)
    {
        var random = new Random(seed);
        long[] keys = [.. Enumerable.Range(0, 200).Select(_ => (long)random.Next(0, 50))];
        for (var most = 1; most < 6000; most += 97)
        {
            var shares = SampleShares.Of([.. keys], most);
            Assert.Equal(Math.Min(most, keys.Sum()), shares.Sum());
            Assert.All(shares.Zip(keys), s => Assert.InRange(s.First, 0, s.Second));
        }
    }
}
