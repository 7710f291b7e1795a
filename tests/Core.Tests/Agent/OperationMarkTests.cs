using Slotwright.Core.Agent;
using Slotwright.Core.Cluster;

namespace Slotwright.Core.Tests.Agent;

public sealed class OperationMarkTests
{
    private static readonly NodeId One = NodeId.Parse(new string('1', 40));
    private static readonly NodeId Two = NodeId.Parse(new string('2', 40));

    [Fact]
    public void A_mark_is_read_as_it_was_written()
    {
        var mark = new OperationMark("rolling-restart", [One, Two]);

        Assert.True(OperationMark.TryParse(mark.ConnectionName, out var read));
        Assert.Equal("rolling-restart", read.Operation);
        Assert.Equal([One, Two], read.TakingDown);
        Assert.All(mark.ConnectionName, c => Assert.InRange(c, '!', '~'));
    }

    [Fact]
    public void An_operation_that_takes_nobody_down_says_so()
    {
        Assert.True(OperationMark.TryParse("slotwright-op:failover:taking-down=", out var read));
        Assert.Empty(read.TakingDown);
    }

    [Theory]
    [InlineData("")]
    [InlineData("slotwright-op:")]
    [InlineData("slotwright-op:restart")]
    [InlineData("slotwright-op:restart:taking-down=valkey-0")]
    [InlineData("slotwright-holds-restart")]
    public void Names_of_other_connections_are_no_marks(string name) =>
        Assert.False(OperationMark.TryParse(name, out _));

    [Fact]
    public void Marks_are_found_among_the_connections_of_a_server()
    {
        var reply = $"""
            id=3 addr=127.0.0.1:1 laddr=127.0.0.1:2 fd=8 name= age=0 user=default
            id=4 addr=127.0.0.1:3 laddr=127.0.0.1:2 fd=9 name={new OperationMark(
                "restart",
                [One]
            ).ConnectionName} age=1 user=default
            id=5 addr=127.0.0.1:4 laddr=127.0.0.1:2 fd=9 name=slotwright-op:other age=1
            id=6 addr=127.0.0.1:4 laddr=127.0.0.1:2 fd=9 name=slotwright-op:reshard:taking-down= age=1

            """;

        Assert.Equal(["restart", "reshard"], OperationMark.OfClientList(reply).Select(m => m.Operation));
    }
}
