using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Health;
using Slotwright.Core.Observing;
using Slotwright.Integration.Tests.Local;
using Slotwright.Integration.Tests.Support;
using Slotwright.Local.Hosting;
using Slotwright.Operations.Bootstrap;
using Slotwright.Operations.Observing;
using Slotwright.Operations.Running;

namespace Slotwright.Integration.Tests.Agents;

/// <summary>A formed local cluster whose members are restarted without guards: what is mended, agents mend.</summary>
internal sealed class AgentCluster : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private readonly LocalSandbox _sandbox = new();

    private AgentCluster(LocalHost host) => Host = host;

    public LocalHost Host { get; private set; }

    public static Task<AgentCluster> FormAsync(string version, string? nodeTimeout = null) =>
        FormAsync(version, LocalSandbox.Spec, nodeTimeout);

    public static async Task<AgentCluster> FormAsync(string version, LocalSpec spec, string? nodeTimeout)
    {
        if (nodeTimeout is not null)
        {
            spec = spec with { Settings = spec.Settings.SetItem("cluster-node-timeout", nodeTimeout) };
        }
        var cluster = new AgentCluster(null!);
        cluster.Host = await cluster._sandbox.UpAsync(spec, await TestServers.Of(version));
        await using var session = cluster.Session();
        await new BootstrapOperation(session, cluster.Host, new BootstrapOptions()).RunAsync(default);
        return cluster;
    }

    public ClusterSession Session() => new(Host, given: null, TimeProvider.System);

    public async Task<Topology> LookAsync()
    {
        await using var session = Session();
        return (await session.ObserveAsync(default)).Topology;
    }

    /// <summary>As if the volume was lost, and the member came back.</summary>
    public async Task LoseAsync(params string[] members)
    {
        foreach (var member in members)
        {
            await Host.KillAsync(member, default);
        }
        foreach (var member in members)
        {
            Directory.Delete($"{_sandbox.FolderOf(Host.Name["local:".Length..], member)}/data", recursive: true);
        }
        Host.IsWithoutGuards = true;
        await Host.StartMembersAsync([.. members], default);
    }

    /// <summary>All know each other, links are up, replicas in sync, and nobody remembers a dead node.</summary>
    public async Task<string> UntilWholeAsync(TimeSpan? patience = null)
    {
        await using var session = Session();
        var missing = "";
        await Wait.UntilAsync(
            async ct => (missing = Missing(await session.ObserveAsync(ct))).Length == 0,
            patience ?? Patience,
            TimeProvider.System,
            default
        );
        return missing;
    }

    public static string Missing(Observation observation)
    {
        var members = observation.Topology.Members.Count;
        var known = observation.Views.Select(v => v.Report?.Peers.Length ?? 0).ToImmutableArray();
        return string.Join("; ", Formed.Missing(observation))
            + (known.All(k => k == members) ? "" : $" nodes known: {string.Join(',', known)}");
    }

    public ValueTask DisposeAsync() => _sandbox.DisposeAsync();
}
