using System.Text;
using Slotwright.Operations.SlotMovers;

namespace Slotwright.Unit.Tests.SlotMovers;

public sealed class KeyBatchesTests
{
    [Fact]
    public void A_batch_carries_no_more_than_it_may() =>
        Assert.Equal(
            [
                [30, 30, 40],
                [60, 10, 1],
                [100],
            ],
            Sizes([30, 30, 40, 60, 10, 1, 100], bytes: 100, most: 3)
        );

    [Fact]
    public void A_key_that_alone_is_more_goes_alone() =>
        Assert.Equal(
            [
                [10],
                [500],
                [10],
            ],
            Sizes([10, 500, 10], 100, 9)
        );

    [Fact]
    public void Keys_that_weigh_nothing_are_counted() =>
        Assert.Equal(
            [
                [0, 0],
                [0],
            ],
            Sizes([0, 0, 0], 100, 2)
        );

    [Fact]
    public void No_keys_make_no_batch() => Assert.Empty(Sizes([], 100, 2));

    private static long[][] Sizes(long[] keys, long bytes, int most) =>
        [
            .. KeyBatches
                .Of([.. keys.Select(k => new SizedKey(Encoding.UTF8.GetBytes("k"), k))], bytes, most)
                .Select(b => b.Select(k => k.Bytes).ToArray()),
        ];
}
