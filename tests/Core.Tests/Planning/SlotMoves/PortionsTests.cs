using System.Collections.Immutable;
using Slotwright.Core.Planning.SlotMoves;

namespace Slotwright.Core.Tests.Planning.SlotMoves;

public sealed class PortionsTests
{
    /// <summary>valkey-cli plans 1 slot when asked for 2 over three equal sources.</summary>
    [Fact]
    public void Two_over_three_equal_shares_are_two() => Assert.Equal([1, 1, 0], Portions.Of(2, [5461, 5461, 5461]));

    [Theory]
    [MemberData(nameof(SlotQuotasTests.Seeds), MemberType = typeof(SlotQuotasTests))]
    public void Exactly_as_many_as_asked_and_none_more_than_one_off(int seed)
    {
        var random = new Random(seed);
        ImmutableArray<int> shares = [.. Enumerable.Range(0, random.Next(1, 40)).Select(_ => random.Next(0, 600)), 1];
        var count = random.Next(0, shares.Sum() + 1);

        var portions = Portions.Of(count, shares);

        Assert.Equal(count, portions.Sum());
        Assert.All(portions.Zip(shares), p => Assert.InRange(p.First, 0, p.Second));
        Assert.All(
            portions.Zip(shares),
            p => Assert.InRange(p.First - ((double)count * p.Second / shares.Sum()), -1 + 1e-9, 1 - 1e-9)
        );
    }
}
