using System.Collections.Immutable;
using Slotwright.Core.Loads;
using Slotwright.Core.Tests.Cluster;

namespace Slotwright.Core.Tests.Loads;

public sealed class HotSlotsTests
{
    private static readonly ImmutableArray<SlotStat> Stats = [new(0, 10), new(1, 900), new(2, 0), new(3, 20)];

    [Fact]
    public void By_what_they_cost_where_all_servers_count_it()
    {
        ImmutableArray<ShardReading> readings =
        [
            Reading(0, [new SlotRate(5, 0), new SlotRate(1, 0), default, new SlotRate(80, 0)]),
            Reading(1, [default, default, new SlotRate(7, 0), default]),
        ];
        Assert.True(HotSlots.AreByCpu(readings));
        Assert.Equal(["m-0 3", "m-1 2", "m-0 0"], Names(HotSlots.Of(readings, 3)));
    }

    [Fact]
    public void By_their_keys_where_one_does_not()
    {
        ImmutableArray<ShardReading> readings =
        [
            Reading(0, [new SlotRate(5, 0), new SlotRate(1, 0), default, new SlotRate(80, 0)]),
            Reading(1, null),
        ];
        Assert.False(HotSlots.AreByCpu(readings));
        Assert.Equal(["m-0 1", "m-1 1", "m-0 3", "m-1 3"], Names(HotSlots.Of(readings, 4)));
        Assert.Equal(6, HotSlots.Of(readings, 100).Length);
    }

    private static ShardReading Reading(int shard, ImmutableArray<SlotRate>? rates) =>
        new(SixMembers.Node(shard), Stats, rates, TimeSpan.FromSeconds(1), KeySample.None);

    private static IEnumerable<string> Names(ImmutableArray<HotSlot> slots) =>
        slots.Select(s => $"{s.Primary.Label} {s.Slot}");
}
