using Slotwright.Core.Healing;

namespace Slotwright.Core.Tests.Healing;

public sealed class OlderNodesFileTests
{
    private const string Newer = """
        76a7e42b8d2dc13c27a22cdff7c68610d76254f8 127.0.0.2:6379@16379,m-1.test,availability-zone=az-b,tls-port=0,shard-id=a536aa1a59aa6db05a170bee44b0fa14143953c4 master - 0 1795780330754 12 connected 5461-10922
        add24e3fc67937dc247c47a650bd8b1fa66673fe 127.0.0.1:6379@16379,,tls-port=0,shard-id=f8fa1cee322133f1a82191a35b7352de40b5bd8a myself,slave 76a7e42b8d2dc13c27a22cdff7c68610d76254f8 0 0 13 connected
        vars currentEpoch 13 lastVoteEpoch 12

        """;

    [Fact]
    public void What_an_older_server_does_not_know_is_left_out_and_nothing_else()
    {
        var older = OlderNodesFile.For(new Version(8, 1, 1), Newer);
        Assert.Equal(Newer.Replace(",availability-zone=az-b", "", StringComparison.Ordinal), older);
        Assert.True(NodesFile.TryParse(older, out _, out _));
    }

    [Fact]
    public void A_server_that_knows_it_keeps_it() => Assert.Equal(Newer, OlderNodesFile.For(new Version(9, 1), Newer));
}
