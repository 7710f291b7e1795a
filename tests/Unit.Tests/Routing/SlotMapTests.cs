using Slotwright.Core.Cluster;
using Slotwright.Core.Slots;
using Slotwright.Valkey.Parsing;
using Slotwright.Valkey.Resp;
using Slotwright.Valkey.Routing;

namespace Slotwright.Unit.Tests.Routing;

public sealed class SlotMapTests
{
    private static readonly NodeAddress A = new("a", 1);
    private static readonly NodeAddress B = new("b", 2);

    [Fact]
    public void Owners_are_found_by_slot()
    {
        var map = SlotMap.Of([(A, SlotSet.Of(0, 99)), (B, SlotSet.Of(200, 299))]);

        Assert.Equal((A, B), (map.OwnerOf(99)!.Value, map.OwnerOf(200)!.Value));
        Assert.Null(map.OwnerOf(100));
        Assert.Equal(SlotSet.Of(200, 299), map.SlotsOf(B));
        Assert.True(map.SlotsOf(new NodeAddress("c", 3)).IsEmpty);
    }

    [Fact]
    public void A_slot_can_be_given_to_an_address_that_was_not_known()
    {
        var map = SlotMap.Of([(A, SlotSet.All)]);
        var later = map.With(7, B);

        Assert.Equal((A, B, A), (map.OwnerOf(7)!.Value, later.OwnerOf(7)!.Value, later.OwnerOf(8)!.Value));
    }

    [Fact]
    public void Cluster_slots_is_read_with_the_asked_node_where_it_gives_no_host()
    {
        var reply = new RespValue.Array([
            Row(0, 10, RespValue.Bulk.Of("10.0.0.1")),
            Row(11, 20, RespValue.Null.Instance),
            Row(21, 30, RespValue.Bulk.Of("")),
            Row(31, 40, RespValue.Bulk.Of("?")),
        ]);

        Assert.Equal(
            [
                (new NodeAddress("10.0.0.1", 6379), SlotSet.Of(0, 10)),
                (new NodeAddress("a", 6379), SlotSet.Of(11, 20)),
                (new NodeAddress("a", 6379), SlotSet.Of(21, 30)),
                (new NodeAddress("a", 6379), SlotSet.Of(31, 40)),
            ],
            ClusterSlotsParser.Parse(reply, A)
        );
    }

    [Fact]
    public void Cluster_slots_of_another_form_is_an_error() =>
        Assert.Throws<ReplyFormatException>(() =>
            ClusterSlotsParser.Parse(new RespValue.Array([RespValue.Integer.Of(1)]), A)
        );

    private static RespValue.Array Row(int first, int last, RespValue endpoint) =>
        new([
            RespValue.Integer.Of(first),
            RespValue.Integer.Of(last),
            new RespValue.Array([endpoint, RespValue.Integer.Of(6379), RespValue.Bulk.Of("id")]),
        ]);
}
