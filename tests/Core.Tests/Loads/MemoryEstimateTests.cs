using Slotwright.Core.Loads;

namespace Slotwright.Core.Tests.Loads;

public sealed class MemoryEstimateTests
{
    [Fact]
    public void A_slot_of_which_enough_is_seen_has_its_own_average()
    {
        var bytes = MemoryEstimate.Of(
            [new SlotStat(1, 1000), new SlotStat(2, 2000), new SlotStat(3, 0)],
            new KeySample([new SlotSample(1, 10, 1000), new SlotSample(2, 10, 5000)], [], [])
        );
        Assert.Equal([100_000, 1_000_000, 0], bytes);
    }

    [Fact]
    public void One_of_which_little_is_seen_has_that_of_its_shard()
    {
        var bytes = MemoryEstimate.Of(
            [new SlotStat(1, 1000), new SlotStat(2, 2000), new SlotStat(3, 10)],
            new KeySample([new SlotSample(1, 18, 1000), new SlotSample(2, 2, 1000)], [], [])
        );
        Assert.Equal(200_000, bytes[1]);
        Assert.Equal(1000, bytes[2]);
    }

    [Fact]
    public void A_slot_whose_few_keys_were_all_seen_is_known() =>
        Assert.Equal(
            [70_000, 100],
            MemoryEstimate.Of(
                [new SlotStat(1, 2), new SlotStat(2, 10)],
                new KeySample([new SlotSample(1, 2, 70_000), new SlotSample(2, 10, 100)], [], [])
            )
        );

    [Fact]
    public void Without_a_sample_it_is_nothing() =>
        Assert.Equal([0], MemoryEstimate.Of([new SlotStat(1, 1000)], KeySample.None));
}
