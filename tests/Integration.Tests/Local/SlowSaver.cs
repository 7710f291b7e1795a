using Slotwright.Local.Hosting;
using Slotwright.Operations.Running;
using Slotwright.Valkey.Connections;
using Slotwright.Valkey.Resp;

namespace Slotwright.Integration.Tests.Local;

/// <summary>The first member of a cluster, with keys of which each takes ten minutes to save, or until a signal comes.</summary>
internal sealed class SlowSaver(ValkeyConnection connection) : IAsyncDisposable
{
    public static async Task<SlowSaver> MakeAsync(LocalHost host)
    {
        var member = (await host.ListMembersAsync(default))[0];
        var node = new SlowSaver(
            await ValkeyConnection.OpenAsync(
                await host.ConnectAsync(member.Address, default),
                await host.GetCredentialsAsync(default),
                member.Name,
                default
            )
        );
        await node.SendAsync("CLUSTER", "ADDSLOTSRANGE", "0", "16383");
        var isSet = await Wait.UntilAsync(
            async _ => await node.SendAsync("MSET", "{a}1", "", "{a}2", "", "{a}3", "", "{a}4", "") is RespValue.Simple,
            TimeSpan.FromSeconds(20),
            TimeProvider.System,
            default
        );
        Assert.True(isSet);
        await node.SendAsync("CONFIG", "SET", "rdb-key-save-delay", "600000000");
        return node;
    }

    public Task<RespValue> SendAsync(params string[] words) => connection.SendAsync(RespCommand.Of(words), default);

    public ValueTask DisposeAsync() => connection.DisposeAsync();
}
