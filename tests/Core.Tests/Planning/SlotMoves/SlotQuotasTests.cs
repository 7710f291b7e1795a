using System.Collections.Immutable;
using System.Numerics;
using Slotwright.Core.Planning.SlotMoves;
using Slotwright.Core.Slots;

namespace Slotwright.Core.Tests.Planning.SlotMoves;

public sealed class SlotQuotasTests
{
    [Fact]
    public void An_empty_shard_gets_its_share_and_nobody_takes_from_nobody()
    {
        Assert.Equal([4096, 4096, 4096, 4096], SlotQuotas.Of([5461, 5462, 5461, 0], [1, 1, 1, 1]));
        Assert.Equal([5461, 5462, 5461], SlotQuotas.Of([5461, 5462, 5461], [1, 1, 1]));
    }

    [Fact]
    public void A_weight_is_a_share_and_none_is_nothing()
    {
        Assert.Equal([8192, 4096, 4096], SlotQuotas.Of([5461, 5462, 5461], [2, 1, 1]));
        Assert.Equal([0, 8192, 8192], SlotQuotas.Of([5461, 5462, 5461], [0, 1, 1]));
    }

    [Fact]
    public void Where_slots_have_no_owner_those_that_have_one_are_shared_out() =>
        Assert.Equal([50, 50], SlotQuotas.Of([100, 0], [1, 1]));

    [Theory]
    [InlineData(new int[0], new double[0])]
    [InlineData(new[] { 16384 }, new[] { 0.0 })]
    [InlineData(new[] { 16384, 1 }, new[] { 1.0, 1.0 })]
    [InlineData(new[] { 16384 }, new[] { 1.0, 1.0 })]
    public void What_can_not_be_shared_out_is_refused(int[] owned, double[] weights) =>
        Assert.Throws<ArgumentException>(() => SlotQuotas.Of([.. owned], [.. weights]));

    /// <summary>No other result in which each shard has its share, rounded down or up, moves fewer slots.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void No_balanced_result_moves_fewer_slots(int seed)
    {
        var random = new Random(seed);
        var owned = Owned(random, shards: random.Next(1, 11));
        ImmutableArray<double> weights =
            seed % 2 == 0 ? [.. owned.Select(_ => 1.0)] : [.. owned.Select(_ => (double)random.Next(1, 5))];

        var quotas = SlotQuotas.Of(owned, weights);

        double[] shares = [.. weights.Select(w => owned.Sum() * w / weights.Sum())];
        Assert.Equal(owned.Sum(), quotas.Sum());
        Assert.All(quotas.Zip(shares), q => Assert.InRange(q.First - q.Second, -1 + 1e-6, 1 - 1e-6));
        Assert.Equal(AllBalanced(shares, owned.Sum()).Min(q => Moved(owned, q)), Moved(owned, quotas));
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 200)];

    /// <summary>Every way to round the shares so that nothing is left.</summary>
    private static IEnumerable<ImmutableArray<int>> AllBalanced(double[] shares, int total)
    {
        int[] floors = [.. shares.Select(s => (int)Math.Floor(s + 1e-9))];
        int[] open = [.. Enumerable.Range(0, shares.Length).Where(i => shares[i] - floors[i] > 1e-9)];
        var left = total - floors.Sum();
        for (var choice = 0u; choice < 1u << open.Length; choice++)
        {
            if (BitOperations.PopCount(choice) == left)
            {
                yield return
                [
                    .. floors.Select(
                        (f, i) => f + (Array.IndexOf(open, i) is >= 0 and var k && (choice >> k & 1) == 1 ? 1 : 0)
                    ),
                ];
            }
        }
    }

    private static int Moved(ImmutableArray<int> owned, ImmutableArray<int> quotas) =>
        owned.Zip(quotas).Sum(p => Math.Max(0, p.First - p.Second));

    private static ImmutableArray<int> Owned(Random random, int shards)
    {
        int[] cuts =
        [
            0,
            .. Enumerable.Range(1, shards - 1).Select(_ => random.Next(HashSlot.Count + 1)).Order(),
            HashSlot.Count,
        ];
        return [.. cuts.Zip(cuts.Skip(1), (a, b) => b - a)];
    }
}
