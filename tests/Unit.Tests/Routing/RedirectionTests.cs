using Slotwright.Core.Cluster;
using Slotwright.Valkey.Routing;

namespace Slotwright.Unit.Tests.Routing;

public sealed class RedirectionTests
{
    private static readonly NodeAddress Asked = new("10.0.0.1", 6379);

    [Theory]
    [InlineData("MOVED 3999 127.0.0.1:6381", false, 3999, "127.0.0.1:6381")]
    [InlineData("ASK 0 valkey-0.valkey:6379", true, 0, "valkey-0.valkey:6379")]
    [InlineData("MOVED 16383 :6380", false, 16383, "10.0.0.1:6380")]
    [InlineData("MOVED 1 fd00::1:6379", false, 1, "[fd00::1]:6379")]
    public void Redirections_are_read(string error, bool isAsk, int slot, string address) =>
        Assert.Equal(new Redirection(isAsk, slot, NodeAddress.Parse(address)), Redirection.TryParse(error, Asked));

    [Theory]
    [InlineData("ERR no")]
    [InlineData("MOVED")]
    [InlineData("MOVED 16384 127.0.0.1:6381")]
    [InlineData("MOVED x 127.0.0.1:6381")]
    [InlineData("MOVED 1 127.0.0.1")]
    [InlineData("MOVED 1 127.0.0.1:0")]
    public void What_cannot_be_followed_is_none(string error) => Assert.Null(Redirection.TryParse(error, Asked));
}
