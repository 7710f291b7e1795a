using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Local.Hosting;

namespace Slotwright.Integration.Tests.Local;

public sealed class LifecycleTests : IAsyncDisposable
{
    private readonly LocalSandbox sandbox = new();

    public ValueTask DisposeAsync() => sandbox.DisposeAsync();

    [Fact]
    public async Task Six_members_start_run_in_sessions_of_their_own_and_stop_with_their_data_kept()
    {
        var host = await sandbox.UpAsync();
        var members = await host.ListMembersAsync(default);
        Assert.Equal(6, members.Length);
        Assert.Equal("az-a az-b az-c az-a az-b az-c", string.Join(" ", members.Select(m => m.Zone)));
        Assert.All(members, m => Assert.Equal(MemberPhase.Running, m.Phase));
        Assert.All(members, m => Assert.Equal(m.DesiredRevision, m.Revision));

        var stopped = await host.StopAsync(LocalHost.DefaultStopDeadline, force: false, default);

        Assert.Equal(6, stopped.Stopped.Length);
        Assert.All(await host.ListMembersAsync(default), m => Assert.Equal(MemberPhase.Stopped, m.Phase));
        Assert.True(File.Exists($"{sandbox.FolderOf("valkey", "valkey-0")}/data/nodes.conf"));

        var started = await host.StartAsync(default);
        Assert.Equal(6, started.Started.Length);
        await Assert.ThrowsAsync<RefusedException>(() => host.PurgeAsync(default));
        await host.StopAsync(LocalHost.DefaultStopDeadline, force: false, default);
        await host.PurgeAsync(default);
        Assert.False(host.Exists);
        Assert.Empty(Directory.GetFileSystemEntries(sandbox.Root.Path + "/local"));
    }
}
