using Slotwright.Core.Loads;
using Slotwright.Valkey.Parsing;
using Slotwright.Valkey.Resp;

namespace Slotwright.Unit.Tests.Parsing;

public sealed class SlotStatsParserTests
{
    [Fact]
    public void A_server_that_counts_keys_alone() =>
        Assert.Equal([new SlotStat(7, 3)], SlotStatsParser.Parse(List(Slot(7, ("key-count", 3)))));

    [Fact]
    public void One_that_counts_what_slots_cost() =>
        Assert.Equal(
            [new SlotStat(7, 3, new SlotWork(78, 60, 217))],
            SlotStatsParser.Parse(
                List(
                    Slot(
                        7,
                        ("key-count", 3),
                        ("cpu-usec", 78),
                        ("network-bytes-in", 60),
                        ("network-bytes-out", 217),
                        ("of-a-later-version", 1)
                    )
                )
            )
        );

    [Fact]
    public void Counters_as_a_map_of_RESP3() =>
        Assert.Equal(
            [new SlotStat(16383, 1)],
            SlotStatsParser.Parse(
                List(
                    List(
                        new RespValue.Integer(16383),
                        new RespValue.Map([new(RespValue.Bulk.Of("key-count"), new RespValue.Integer(1))])
                    )
                )
            )
        );

    [Theory]
    [InlineData(16384)]
    [InlineData(-1)]
    public void A_slot_that_is_none_is_complained_about(int slot) =>
        Assert.Throws<ReplyFormatException>(() => SlotStatsParser.Parse(List(Slot(slot, ("key-count", 3)))));

    [Fact]
    public void What_is_missing_is_named()
    {
        var e = Assert.Throws<ReplyFormatException>(() => SlotStatsParser.Parse(List(Slot(7, ("cpu-usec", 3)))));
        Assert.Equal("element 1, key-count", e.Where);
        Assert.Throws<ReplyFormatException>(() => SlotStatsParser.Parse(new RespValue.Simple("OK")));
    }

    private static RespValue.Array List(params RespValue[] items) => new([.. items]);

    private static RespValue.Array Slot(int slot, params (string Name, long Value)[] counters) =>
        List(
            new RespValue.Integer(slot),
            List([
                .. counters.SelectMany(c =>
                    new RespValue[] { RespValue.Bulk.Of(c.Name), new RespValue.Integer(c.Value) }
                ),
            ])
        );
}
