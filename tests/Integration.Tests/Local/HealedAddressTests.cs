using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Core.Health;
using Slotwright.Integration.Tests.Support;
using Slotwright.Local.Hosting;
using Slotwright.Operations.Bootstrap;
using Slotwright.Operations.Observing;
using Slotwright.Operations.Running;

namespace Slotwright.Integration.Tests.Local;

/// <summary>All members come back under new addresses, as pods come back.</summary>
public sealed class HealedAddressTests : IAsyncDisposable
{
    private readonly LocalSandbox _sandbox = new();

    public ValueTask DisposeAsync() => _sandbox.DisposeAsync();

    public static TheoryData<string, bool> VersionsAndKills { get; } =
        new MatrixTheoryData<string, bool>(
            TestVersions.AllWanted ? TestVersions.All : [TestVersions.Default],
            [false, true]
        );

    [Theory, MemberData(nameof(VersionsAndKills))]
    public async Task They_find_each_other_again_and_nobody_changes_its_role(string version, bool kill)
    {
        var host = await FormAsync(version);
        var before = await RolesAsync(host);

        await RestartAllAsync(host, kill);

        Assert.True(await FormsAgainAsync(host, TimeSpan.FromSeconds(20)));
        Assert.Equal(before, await RolesAsync(host));
    }

    [Fact]
    public async Task Without_the_guard_they_stay_in_pieces()
    {
        var host = await FormAsync(TestVersions.Default);
        host.IsWithoutGuards = true;

        await RestartAllAsync(host, kill: true);

        Assert.False(await FormsAgainAsync(host, TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public async Task A_file_that_is_damaged_is_named_and_stays_as_it_is()
    {
        var host = await FormAsync(TestVersions.Default);
        var path = $"{_sandbox.FolderOf("valkey", "valkey-2")}/data/nodes.conf";
        await host.StopAsync(LocalHost.DefaultStopDeadline, force: false, default);
        var text = await File.ReadAllTextAsync(path);
        await File.WriteAllTextAsync(path, "rubbish\n" + text);

        var failure = await Assert.ThrowsAsync<OperationFailedException>(() => host.StartAsync(default));

        Assert.Contains("line 1", failure.Message, StringComparison.Ordinal);
        Assert.Equal("rubbish\n" + text, await File.ReadAllTextAsync(path));
        Assert.Equal(0, host.Summary.Running);
    }

    private async Task<LocalHost> FormAsync(string version)
    {
        var host = await _sandbox.UpAsync(server: await TestServers.Of(version));
        await using var session = Session(host);
        await new BootstrapOperation(session, host, new BootstrapOptions()).RunAsync(default);
        return host;
    }

    private static async Task RestartAllAsync(LocalHost host, bool kill)
    {
        var members = await host.ListMembersAsync(default);
        await host.RestartAsync([.. members.Select(m => m.Name)], newAddress: true, kill, default);
    }

    private static async Task<bool> FormsAgainAsync(LocalHost host, TimeSpan deadline)
    {
        await using var session = Session(host);
        return await Wait.UntilAsync(
            async ct => Formed.Missing(await session.ObserveAsync(ct)).IsEmpty,
            deadline,
            TimeProvider.System,
            default
        );
    }

    private static async Task<ImmutableArray<(string?, NodeId, NodeId?, string)>> RolesAsync(LocalHost host)
    {
        await using var session = Session(host);
        var topology = (await session.ObserveAsync(default)).Topology;
        return
        [
            .. topology
                .Nodes.OrderBy(n => n.Member, StringComparer.Ordinal)
                .Select(n => (n.Member, n.Id, n.Primary, n.Slots.ToString())),
        ];
    }

    private static ClusterSession Session(LocalHost host) => new(host, given: null, TimeProvider.System);
}
