using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failover;
using Slotwright.Core.Observing;
using Slotwright.Integration.Tests.Agents;
using Slotwright.Integration.Tests.Local;
using Slotwright.Integration.Tests.Support;
using Slotwright.Local.Hosting;
using Slotwright.Operations.Drills;
using Slotwright.Operations.Observing;
using Slotwright.Operations.Running;
using Slotwright.Valkey.Commands;
using Slotwright.Valkey.Parsing;
using Slotwright.Valkey.Resp;

namespace Slotwright.Integration.Tests.Failover;

/// <summary>A formed cluster whose servers take 15 s to call each other failed, with an agent beside each.</summary>
internal sealed class FailoverCluster : IAsyncDisposable
{
    private readonly AgentCluster _cluster;
    private readonly ClusterSession _session;

    private FailoverCluster(AgentCluster cluster)
    {
        _cluster = cluster;
        _session = cluster.Session();
    }

    public AgentCrew Crew { get; } = new();

    public LocalHost Host => _cluster.Host;

    public ClusterSession Session => _session;

    /// <param name="without">Members that have no agent.</param>
    public static async Task<FailoverCluster> FormAsync(
        int primaries = 3,
        int replicas = 1,
        string version = TestVersions.Default,
        Func<Topology, IEnumerable<string>>? without = null,
        Func<Topology, IEnumerable<string>>? withoutRanking = null,
        FailoverOptions? options = null
    )
    {
        var spec = LocalSandbox.Spec with { Members = primaries * (1 + replicas), ReplicasPerPrimary = replicas };
        var cluster = new FailoverCluster(await AgentCluster.FormAsync(version, spec, "15000"));
        var topology = await cluster.LookAsync();
        var (none, blind) = (
            without?.Invoke(topology).ToHashSet() ?? [],
            withoutRanking?.Invoke(topology).ToHashSet() ?? []
        );
        foreach (var member in topology.Members.Keys.Where(m => !none.Contains(m)))
        {
            cluster.Crew.Start(cluster.Host, member, withoutRanking: blind.Contains(member), options: options);
        }
        Assert.True(
            await BecomesAsync(() =>
                Task.FromResult(
                    topology
                        .Members.Keys.Where(m => !none.Contains(m))
                        .All(m => cluster.Crew.StatusOf(m).View is not null && cluster.Crew.FailoverOf(m).IsWatching)
                )
            )
        );
        await cluster.StreamsFlowAsync(topology);
        return cluster;
    }

    /// <summary>Every replica has a stream: until its primary's first word on it nobody can tell that it completed a sync.</summary>
    private async Task StreamsFlowAsync(Topology topology)
    {
        foreach (var primary in topology.Shards().Select(s => s.Primary.Member!))
        {
            await AskAsync(primary, "CONFIG", "SET", "repl-ping-replica-period", "1");
        }
        Assert.True(
            await BecomesAsync(async () =>
                (await LookAsync()).Shards().SelectMany(s => s.Replicas).All(r => r.Offset > 0)
            )
        );
    }

    public async Task<Topology> LookAsync() => (await _session.ObserveAsync(default)).Topology;

    public async Task<Shard> ShardAsync(int index) => (await LookAsync()).Shards()[index];

    /// <summary>Load for so long, each write confirmed by one replica; when it has begun, a deed is done.</summary>
    public async Task<LoadResult> LoadAsync(TimeSpan duration, Func<Task> deed)
    {
        var options = LoadOptions.Default with { Duration = duration, WaitReplicas = 1, Rate = 500 };
        await using var session = _cluster.Session();
        return await LoadAround.RunAsync(session, options, new Random(), _ => deed(), default);
    }

    public async Task<RespValue> AskAsync(string member, params string[] words)
    {
        var found = (await Host.ListMembersAsync(default)).Single(m => m.Name == member);
        return await (await _session.ConnectAsync(found, default)).AskAsync(RespCommand.Of(words), default);
    }

    /// <summary>The member owns slots, by its own word.</summary>
    public Task<bool> OwnsAsync(string member) =>
        BecomesAsync(async () =>
        {
            var text = (await AskAsync(member, "CLUSTER", "NODES")).AsText()!;
            return ClusterNodesParser.Parse(text, []).Single(n => n.Flags.HasFlag(PeerFlags.Myself))
                is { Slots.IsEmpty: false };
        });

    /// <summary>Nobody has taken over, and no agent has tried to.</summary>
    public async Task StaysAsync(ImmutableArray<Shard> before)
    {
        Assert.Equal(before.Select(s => s.Primary.Id), (await LookAsync()).Shards().Select(s => s.Primary.Id));
        Assert.Equal(0, Crew.Forced);
    }

    public static Task<bool> BecomesAsync(Func<Task<bool>> condition) =>
        Wait.UntilAsync(async _ => await condition(), TimeSpan.FromSeconds(40), TimeProvider.System, default);

    public async ValueTask DisposeAsync()
    {
        await Crew.DisposeAsync();
        await _session.DisposeAsync();
        await _cluster.DisposeAsync();
    }
}
