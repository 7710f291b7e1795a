using Slotwright.Core.Failures;
using Slotwright.Local.Hosting;
using Slotwright.Valkey.Connections;
using Slotwright.Valkey.Resp;

namespace Slotwright.Integration.Tests.Local;

public sealed class NewAddressTests : IAsyncDisposable
{
    private readonly LocalSandbox _sandbox = new();

    public ValueTask DisposeAsync() => _sandbox.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task All_members_come_back_under_addresses_that_none_had_and_announce_them(bool kill)
    {
        var host = await _sandbox.UpAsync();
        var before = await host.ListMembersAsync(default);
        var pids = before.Select(m => _sandbox.RecordedPid("valkey", m.Name)).ToList();

        await host.RestartAsync([.. before.Select(m => m.Name)], newAddress: true, kill, default);

        var after = await host.ListMembersAsync(default);
        Assert.Empty(before.Select(m => m.Address).Intersect(after.Select(m => m.Address)));
        Assert.Equal(6, after.Select(m => m.Address).Distinct().Count());
        Assert.All(pids, pid => Assert.Null(LocalSandbox.StateOf(pid)));
        Assert.Equal(after[3].Address.Host, await ConfigAsync(host, 3, "cluster-announce-ip"));
        Assert.Equal(after[3].Address.Host, await ConfigAsync(host, 3, "bind"));
    }

    [Fact]
    public async Task One_member_comes_back_alone_and_the_others_go_on()
    {
        var host = await _sandbox.UpAsync();
        var before = await host.ListMembersAsync(default);
        var other = _sandbox.RecordedPid("valkey", "valkey-0");

        await host.RestartAsync(["valkey-1"], newAddress: true, kill: false, default);

        var after = await host.ListMembersAsync(default);
        Assert.DoesNotContain(after[1].Address, before.Select(m => m.Address));
        Assert.Equal(before.RemoveAt(1).Select(m => m.Address), after.RemoveAt(1).Select(m => m.Address));
        Assert.NotNull(LocalSandbox.StateOf(other));
    }

    [Fact]
    public async Task Members_that_share_an_address_can_be_restarted_but_not_moved()
    {
        var host = await _sandbox.UpAsync(
            new LocalSpec
            {
                Members = 3,
                ReplicasPerPrimary = 0,
                BasePort = LocalSandbox.NextBasePort(),
            }
        );
        var pid = _sandbox.RecordedPid("valkey", "valkey-1");
        await Assert.ThrowsAsync<BadInputException>(() => host.RestartAsync(["valkey-1"], true, false, default));
        Assert.NotNull(LocalSandbox.StateOf(pid));

        await host.RestartAsync(["valkey-1"], newAddress: false, kill: false, default);
        Assert.Null(LocalSandbox.StateOf(pid));
        Assert.Equal(3, host.Summary.Running);
    }

    private static async Task<string> ConfigAsync(LocalHost host, int ordinal, string name)
    {
        var member = (await host.ListMembersAsync(default))[ordinal];
        await using var connection = await ValkeyConnection.OpenAsync(
            await host.ConnectAsync(member.Address, default),
            await host.GetCredentialsAsync(default),
            member.Name,
            default
        );
        var reply = await connection.SendAsync(RespCommand.Of("CONFIG", "GET", name), default);
        return Assert.IsType<RespValue.Bulk>(Assert.IsType<RespValue.Array>(reply).Items[1]).Text;
    }
}
