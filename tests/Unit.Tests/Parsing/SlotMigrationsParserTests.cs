using Slotwright.Core.Cluster;
using Slotwright.Core.Slots;
using Slotwright.Valkey.Parsing;
using Slotwright.Valkey.Resp;

namespace Slotwright.Unit.Tests.Parsing;

public sealed class SlotMigrationsParserTests
{
    private static readonly string Target = new('a', 40);

    [Theory]
    [InlineData("success", true)]
    [InlineData("failed", true)]
    [InlineData("cancelled", true)]
    [InlineData("snapshotting", false)]
    [InlineData("waiting-for-paused", false)]
    public void Those_that_have_not_ended_are_running(string state, bool hasEnded) =>
        Assert.Equal(hasEnded, Assert.Single(SlotMigrationsParser.Parse(Reply(Job("5-9", state)))).Ended);

    [Fact]
    public void What_a_giver_tells_is_read()
    {
        var job = Assert.Single(SlotMigrationsParser.Parse(Reply(Job("5-9 20-20", "failed", "Ran out of memory"))));

        Assert.Equal(SlotSet.Parse("5-9,20", null), job.Slots);
        Assert.Equal(NodeId.Parse(Target, null), job.Peer);
        Assert.True(job.IsExport);
        Assert.Equal(("c936", "failed", "Ran out of memory"), (job.Name, job.State, job.Message));
    }

    [Fact]
    public void What_is_no_list_of_them_has_none()
    {
        Assert.Empty(SlotMigrationsParser.Parse(new RespValue.Error("ERR unknown subcommand")));
        Assert.Empty(SlotMigrationsParser.Parse(RespValue.Null.Instance));
    }

    [Theory]
    [InlineData("slots")]
    [InlineData("1-20000")]
    public void Slots_that_are_none_are_complained_about(string slots)
    {
        var e = Assert.Throws<ReplyFormatException>(() => SlotMigrationsParser.Parse(Reply(Job(slots, "success"))));

        Assert.Equal("migration 1, slot_ranges", e.Where);
    }

    [Fact]
    public void A_field_that_is_missing_is_named()
    {
        var e = Assert.Throws<ReplyFormatException>(() => SlotMigrationsParser.Parse(Reply(Text("state"))));

        Assert.Contains("operation", e.Where, StringComparison.Ordinal);
    }

    private static RespValue.Array Reply(RespValue job) => new([job]);

    private static RespValue.Array Job(string slots, string state, string message = "") =>
        new([
            Text("name"),
            Text("c936"),
            Text("operation"),
            Text("EXPORT"),
            Text("slot_ranges"),
            Text(slots),
            Text("target_node"),
            Text(Target),
            Text("create_time"),
            new RespValue.Integer(1),
            Text("state"),
            Text(state),
            Text("message"),
            Text(message),
        ]);

    private static RespValue.Simple Text(string text) => new(text);
}
