using Slotwright.Valkey.Parsing;
using Slotwright.Valkey.Resp;

namespace Slotwright.Unit.Tests.Parsing;

public sealed class SlotMigrationsParserTests
{
    [Fact]
    public void Those_that_have_not_ended_are_running() =>
        Assert.Equal(
            ["5-9", "20-20"],
            SlotMigrationsParser.Running(
                new RespValue.Array([
                    Job("0-4", "success"),
                    Job("5-9", "snapshotting"),
                    Job("10-10", "failed"),
                    Job("11-11", "cancelled"),
                    Job("20-20", "waiting-for-paused"),
                ])
            )
        );

    [Fact]
    public void What_is_no_list_of_them_has_none()
    {
        Assert.Empty(SlotMigrationsParser.Running(new RespValue.Error("ERR unknown subcommand")));
        Assert.Empty(SlotMigrationsParser.Running(RespValue.Null.Instance));
        Assert.Empty(SlotMigrationsParser.Running(new RespValue.Array([Text("state")])));
    }

    private static RespValue.Array Job(string slots, string state) =>
        new([
            Text("name"),
            Text("c936"),
            Text("slot_ranges"),
            Text(slots),
            Text("create_time"),
            new RespValue.Integer(1),
            Text("state"),
            Text(state),
        ]);

    private static RespValue.Simple Text(string text) => new(text);
}
