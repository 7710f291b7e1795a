using System.Collections.Immutable;
using Slotwright.Core.Failures;
using Slotwright.Core.Slots;
using Slotwright.Integration.Tests.Local;
using Slotwright.Integration.Tests.Support;
using Slotwright.Local.Hosting;
using Slotwright.Local.State;
using Slotwright.Operations.Bootstrap;
using Slotwright.Operations.Observing;
using Slotwright.Valkey.Resp;

namespace Slotwright.Integration.Tests.Storage;

/// <summary>A whole cluster is stopped, switched by its settings, and started again.</summary>
public sealed class LocalSwitchTests : IAsyncDisposable
{
    private readonly LocalSandbox _sandbox = new();

    public ValueTask DisposeAsync() => _sandbox.DisposeAsync();

    public static TheoryData<string, bool> VersionsAndKills { get; } =
        new MatrixTheoryData<string, bool>(TestVersions.Wanted, [false, true]);

    [Theory, MemberData(nameof(VersionsAndKills))]
    public async Task Append_only_files_snapshots_and_append_only_files_again_find_every_key(string version, bool kill)
    {
        var host = await FormAsync(version);
        await WriteAsync(host, 0, 300);

        await SwitchAsync(host, "no", kill);
        await ExpectAsync(host, 300);
        await WriteAsync(host, 300, 600);

        await SwitchAsync(host, "yes", kill);
        await ExpectAsync(host, 600);
        await WriteAsync(host, 600, 900);

        await SwitchAsync(host, "no", kill);
        await ExpectAsync(host, 900);
    }

    [Fact]
    public async Task Without_the_guards_the_keys_are_gone()
    {
        var host = await FormAsync(TestVersions.Default, "no");
        host.IsWithoutGuards = true;
        await WriteAsync(host, 0, 300);
        await SwitchAsync(host, "yes");
        Assert.Equal(0, await CountAsync(host));
    }

    [Fact]
    public async Task A_server_that_is_too_old_for_the_files_is_not_started()
    {
        var host = await FormAsync("9.1");
        await host.StopAsync(LocalHost.DefaultStopDeadline, force: false, default);
        var file = ClusterFile.Read(Folder);
        (file with { Server = ServerRecord.Of(await TestServers.Of("8.1")) }).Write(Folder);

        var failure = await Assert.ThrowsAsync<OperationFailedException>(() => host.StartAsync(default));

        Assert.Contains("RDB format 80", failure.Message, StringComparison.Ordinal);
        Assert.Contains("put Valkey 9.1", failure.Next, StringComparison.Ordinal);
        Assert.Equal(0, host.Summary.Running);
    }

    private ClusterFolder Folder => _sandbox.Root.Folder(LocalSpec.DefaultName);

    private async Task<LocalHost> FormAsync(string version, string appendOnly = "yes")
    {
        var spec = LocalSandbox.Spec with
        {
            Settings = ImmutableSortedDictionary<string, string>
                .Empty.Add("appendonly", appendOnly)
                .Add("appendfsync", "always"),
        };
        var host = await _sandbox.UpAsync(spec, await TestServers.Of(version));
        await using var session = Session(host);
        await new BootstrapOperation(session, host, new BootstrapOptions()).RunAsync(default);
        return host;
    }

    private async Task SwitchAsync(LocalHost host, string appendOnly, bool kill = false)
    {
        if (kill)
        {
            await SaveAndKillAsync(host);
        }
        else
        {
            await host.StopAsync(LocalHost.DefaultStopDeadline, force: false, default);
        }
        var file = ClusterFile.Read(Folder);
        (file with { Settings = file.Settings.SetItem("appendonly", appendOnly) }).Write(Folder);
        var report = await host.StartAsync(default);
        Assert.Equal(6, report.Started.Length);
        Assert.True(await TestCluster.BecomesAsync(() => IsWholeAsync(host)));
    }

    /// <summary>Without append-only files a kill takes what came after the last snapshot.</summary>
    private async Task SaveAndKillAsync(LocalHost host)
    {
        await using var session = Session(host);
        var members = await host.ListMembersAsync(default);
        foreach (var member in ClusterFile.Read(Folder).Settings["appendonly"] == "no" ? members : [])
        {
            var node = await session.ConnectAsync(member, default);
            Assert.IsType<RespValue.Simple>(await node.SendAsync(RespCommand.Of("SAVE"), default));
        }
        await Task.WhenAll(members.Select(m => host.KillAsync(m.Name, default)));
    }

    private static async Task<bool> IsWholeAsync(LocalHost host)
    {
        await using var session = Session(host);
        return Core.Health.Formed.Missing(await session.ObserveAsync(default)).IsEmpty;
    }

    private static Task WriteAsync(LocalHost host, int from, int to) =>
        EachAsync(host, from, to, key => ["SET", key, $"value of {key}"], reply => reply is RespValue.Simple);

    private static Task ExpectAsync(LocalHost host, int keys) =>
        EachAsync(host, 0, keys, key => ["GET", key], reply => reply is RespValue.Bulk);

    private static async Task EachAsync(
        LocalHost host,
        int from,
        int to,
        Func<string, string[]> words,
        Func<RespValue, bool> isExpected
    )
    {
        await using var session = Session(host);
        var topology = (await session.ObserveAsync(default)).Topology;
        var members = (await host.ListMembersAsync(default)).ToDictionary(m => m.Name, StringComparer.Ordinal);
        foreach (var shard in topology.Shards())
        {
            var node = await session.ConnectAsync(members[shard.Primary.Member!], default);
            foreach (var key in Enumerable.Range(from, to - from).Select(i => $"key {i}"))
            {
                if (shard.Primary.Slots.Contains(HashSlot.Of(System.Text.Encoding.UTF8.GetBytes(key))))
                {
                    var reply = await node.SendAsync(RespCommand.Of(words(key)), default);
                    Assert.True(isExpected(reply), $"{shard.Primary.Member}: {string.Join(' ', words(key))}: {reply}");
                }
            }
        }
    }

    private static async Task<long> CountAsync(LocalHost host)
    {
        await using var session = Session(host);
        long sum = 0;
        foreach (var member in await host.ListMembersAsync(default))
        {
            var node = await session.ConnectAsync(member, default);
            sum += ((RespValue.Integer)await node.SendAsync(RespCommand.Of("DBSIZE"), default)).Value;
        }
        return sum;
    }

    private static ClusterSession Session(LocalHost host) => new(host, given: null, TimeProvider.System);
}
