using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failover;
using Slotwright.Local.Hosting;
using Slotwright.Operations.Agent;
using Slotwright.Operations.Agent.Failover;
using Slotwright.Valkey.Connections;

namespace Slotwright.Integration.Tests.Agents;

/// <summary>Agents of a local cluster's members, in this process: each looks when its turn comes, a second apart or less.</summary>
internal sealed class AgentCrew : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _log = new();
    private readonly List<CrewAgent> _agents = [];

    public string Log => string.Join('\n', _log);

    public static async Task<AgentCrew> StartAsync(
        LocalHost host,
        Predicate<int>? which = null,
        bool withoutIdentityCheck = false
    )
    {
        var crew = new AgentCrew();
        foreach (var member in (await host.ListMembersAsync(default)).Where(m => which?.Invoke(m.Ordinal) ?? true))
        {
            crew.Start(host, member.Name, withoutIdentityCheck);
        }
        return crew;
    }

    /// <summary>FORCE that all of them have sent.</summary>
    public long Forced => _agents.Sum(a => a.Reflex.Status.Forced);

    public AgentStatus StatusOf(string member) => Of(member).Loop.Status;

    /// <summary>What a member's agent knows of a primary that may be cut off.</summary>
    public PromiseSight SightOf(string member, NodeId primary) => Of(member).Reflex.SightOf(primary);

    public FailoverStatus FailoverOf(string member) => Of(member).Reflex.Status;

    /// <param name="place">What it knows instead of what a member's agent would; it hears of nothing then.</param>
    public void Start(IAgentPlace place, string name, bool withoutIdentityCheck = false) =>
        Start(place, name, null, withoutIdentityCheck, withoutRanking: false);

    public void Start(
        LocalHost host,
        string name,
        bool withoutIdentityCheck = false,
        bool withoutRanking = false,
        FailoverOptions? options = null
    )
    {
        var place = host.AgentPlace(name, out var at);
        Start(
            options is null ? place : new OtherOptions(place, options),
            name,
            at,
            withoutIdentityCheck,
            withoutRanking
        );
    }

    /// <summary>As if its process was killed: it says and does nothing any more.</summary>
    public async Task KillAsync(string member)
    {
        var agent = Of(member);
        _agents.Remove(agent);
        await agent.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var agent in _agents)
        {
            await agent.DisposeAsync();
        }
        _agents.Clear();
    }

    private CrewAgent Of(string member) => _agents.Last(a => a.Name == member);

    private void Start(IAgentPlace place, string name, NodeAddress? at, bool withoutIdentityCheck, bool withoutRanking)
    {
        var log = new Lines(name, _log);
        var loop = new AgentLoop(place, log, new Random(1), TimeProvider.System, withoutIdentityCheck);
        var reflex = new FailoverReflex(place, () => loop.Status.LastView, log, TimeProvider.System)
        {
            IsWithoutRanking = withoutRanking,
        };
        var end = new CancellationTokenSource();
        List<Task> runs = [loop.RunAsync(end.Token)];
        if (at is { } address)
        {
            var listener = new AgentListener(
                new IPEndPoint(IPAddress.Parse(address.Host), address.Port),
                _ => null,
                reflex.PostAsync,
                TimeProvider.System
            );
            runs.AddRange(listener.RunAsync(end.Token), reflex.RunAsync(end.Token));
        }
        _agents.Add(new CrewAgent(name, loop, reflex, end, Task.WhenAll(runs)));
    }

    private sealed record CrewAgent(
        string Name,
        AgentLoop Loop,
        FailoverReflex Reflex,
        CancellationTokenSource End,
        Task Run
    ) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await End.CancelAsync();
            await Run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Reflex.DisposeAsync();
            await Loop.DisposeAsync();
            End.Dispose();
        }
    }

    /// <summary>What agents may do, said here instead of in cluster.json.</summary>
    private sealed class OtherOptions(IAgentPlace place, FailoverOptions options) : IAgentPlace
    {
        public string Hostname => place.Hostname;

        public NodeAddress Server => place.Server;

        public FailoverOptions Failover => options;

        public IStartHold? StartHold => place.StartHold;

        public Credentials? Credentials() => place.Credentials();

        public string? HeldBack() => place.HeldBack();

        public NodeAddress? AgentOf(NodeAddress node) => place.AgentOf(node);

        public Task<NodeAddress?> ResolveAsync(string hostname, CancellationToken ct) =>
            place.ResolveAsync(hostname, ct);

        public Task<ImmutableArray<NodeAddress>> MembersAsync(CancellationToken ct) => place.MembersAsync(ct);

        public Task<string?> OperationAsync(CancellationToken ct) => place.OperationAsync(ct);

        public void KeepZone(string zone) => place.KeepZone(zone);
    }

    private sealed class Lines(string name, ConcurrentQueue<string> log) : IProgress<string>
    {
        public void Report(string value) =>
            log.Enqueue($"{TimeProvider.System.GetUtcNow():HH:mm:ss.fff} {name}: {value}");
    }
}
