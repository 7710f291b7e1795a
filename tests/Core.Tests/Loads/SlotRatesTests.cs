using Slotwright.Core.Loads;

namespace Slotwright.Core.Tests.Loads;

public sealed class SlotRatesTests
{
    private static readonly TimeSpan TwoSeconds = TimeSpan.FromSeconds(2);

    [Fact]
    public void Two_looks_give_what_a_second_costs() =>
        Assert.Equal(
            [new SlotRate(50, 300)],
            SlotRates.Between([Slot(7, 100, 1000, 50)], [Slot(7, 200, 1500, 150)], TwoSeconds)!.Value
        );

    [Fact]
    public void Counters_that_were_set_back_count_from_there() =>
        Assert.Equal(
            [new SlotRate(5, 15)],
            SlotRates.Between([Slot(7, 100, 1000, 50)], [Slot(7, 10, 20, 10)], TwoSeconds)!.Value
        );

    [Fact]
    public void A_slot_that_came_between_the_looks_counts_from_its_coming() =>
        Assert.Equal([new SlotRate(50, 0)], SlotRates.Between([], [Slot(8, 100, 0, 0)], TwoSeconds)!.Value);

    [Fact]
    public void Where_a_look_has_no_counters_nothing_is_told()
    {
        Assert.Null(SlotRates.Between([Slot(7, 1, 1, 1)], [new SlotStat(7, 5)], TwoSeconds));
        Assert.Null(SlotRates.Between([new SlotStat(7, 5)], [Slot(7, 1, 1, 1)], TwoSeconds));
    }

    private static SlotStat Slot(int slot, long cpu, long bytesIn, long bytesOut) =>
        new(slot, 5, new SlotWork(cpu, bytesIn, bytesOut));
}
