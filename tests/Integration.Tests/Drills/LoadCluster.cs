using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Integration.Tests.Local;
using Slotwright.Integration.Tests.Support;
using Slotwright.Local.Hosting;
using Slotwright.Operations.Bootstrap;
using Slotwright.Operations.Drills;
using Slotwright.Operations.Observing;
using Slotwright.Valkey.Commands;
using Slotwright.Valkey.Connections;
using Slotwright.Valkey.Resp;

namespace Slotwright.Integration.Tests.Drills;

/// <summary>A cluster of six to put load on, and what a crime on it takes.</summary>
public sealed class LoadCluster : IAsyncLifetime
{
    private readonly LocalSandbox _sandbox = new();
    private ClusterSession? _session;

    public LocalHost Host { get; private set; } = null!;

    public static LoadOptions Options { get; } = LoadOptions.Default with { Duration = TimeSpan.FromSeconds(2) };

    private ClusterSession Session => _session!;

    public async ValueTask InitializeAsync()
    {
        Host = await _sandbox.UpAsync();
        _session = NewSession();
        await new BootstrapOperation(Session, Host, new BootstrapOptions()).RunAsync(default);
        await WarmUpAsync();
    }

    /// <summary>
    /// Servers that have just been formed answer some WAITs only after 100 to 200 ms; half a second later none does.
    /// </summary>
    private Task<LoadResult> WarmUpAsync() =>
        LoadAsync(Options with { Duration = TimeSpan.FromSeconds(1), WaitReplicas = 1 });

    /// <summary>Failovers come soon. On a busy machine they may also come unasked.</summary>
    public async Task HastenAsync()
    {
        foreach (var member in await Host.ListMembersAsync(default))
        {
            if (member.Phase == MemberPhase.Running)
            {
                await SetAsync(member, "cluster-node-timeout", "1000");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_session is not null)
        {
            await _session.DisposeAsync();
        }
        await _sandbox.DisposeAsync();
    }

    /// <summary>Puts load on it; when operations have begun, a deed is done.</summary>
    /// <param name="deed">Takes the run, which it may end.</param>
    public async Task<LoadResult> LoadAsync(
        LoadOptions? options = null,
        Func<LoadRun, Task>? deed = null,
        CancellationToken ct = default
    )
    {
        await using var session = NewSession();
        return await LoadAround.RunAsync(
            session,
            options ?? Options,
            new Random(),
            deed ?? (static _ => Task.CompletedTask),
            ct
        );
    }

    /// <summary>A shard's primary and its replica, as the cluster is now.</summary>
    public async Task<(Member Primary, Member Replica)> ShardAsync(int index)
    {
        var topology = (await Session.ObserveAsync(default)).Topology;
        var shard = topology.Shards()[index];
        return (topology.Members[shard.Primary.Member!], topology.Members[shard.Replicas[0].Member!]);
    }

    public async Task<RespValue> SendAsync(Member member, params string[] words) =>
        await (await ConnectAsync(member)).AskAsync(RespCommand.Of(words), default);

    public async Task<string> GetAsync(Member member, string setting) =>
        (await (await ConnectAsync(member)).ConfigGetAsync(setting, default))!;

    public Task SetAsync(Member member, string setting, string value) =>
        SendAsync(member, "CONFIG", "SET", setting, value);

    /// <summary>Keys of loads in a member.</summary>
    /// <param name="run">Whose; of all runs by default.</param>
    public async Task<ImmutableArray<string>> KeysAsync(Member member, string run = "*") =>
        await SendAsync(member, "KEYS", $"slotwright-load:*:{run}:*") is RespValue.Array keys
            ? [.. keys.Items.Select(k => k.AsText()!)]
            : [];

    public async Task<int> KeysLeftAsync(string run = "*")
    {
        var left = 0;
        for (var i = 0; i < 3; i++)
        {
            left += (await KeysAsync((await ShardAsync(i)).Primary, run)).Length;
        }
        return left;
    }

    /// <summary>How many writes of loads a member has carried out since it started.</summary>
    public async Task<long> WritesAsync(Member member) =>
        CommandStats.Calls((await SendAsync(member, "INFO", "commandstats")).AsText()!, "setrange");

    private Task<ValkeyConnection> ConnectAsync(Member member) => Session.ConnectAsync(member, default);

    private ClusterSession NewSession() => new(Host, given: null, TimeProvider.System);
}
