using Slotwright.Core.Cluster;
using Slotwright.Core.Observing;
using Slotwright.Integration.Tests.Local;
using Slotwright.Local.Hosting;
using Slotwright.Operations.Bootstrap;
using Slotwright.Operations.Observing;
using Slotwright.Operations.Running;
using Slotwright.Valkey.Commands;
using Slotwright.Valkey.Resp;

namespace Slotwright.Integration.Tests.Support;

/// <summary>Members of a test's own, each a real server at a loopback address of its own; their processes end with it.</summary>
internal sealed class TestCluster : IAsyncDisposable
{
    private readonly LocalSandbox _sandbox = new();

    private TestCluster(LocalSpec spec)
    {
        Host = _sandbox.Clusters.Host(spec.Name);
        Session = new ClusterSession(Host, null, TimeProvider.System);
    }

    public LocalHost Host { get; }

    public ClusterSession Session { get; }

    /// <summary>Where the program has to look for it: SLOTWRIGHT_HOME.</summary>
    public string Root => _sandbox.Root.Path;

    /// <summary>Six members in three zones, servers that answer and know nothing of each other.</summary>
    public static Task<TestCluster> StartAsync(string version = TestVersions.Default) =>
        StartAsync(LocalSandbox.Spec, version);

    public static async Task<TestCluster> StartAsync(LocalSpec spec, string version = TestVersions.Default)
    {
        var cluster = new TestCluster(spec);
        try
        {
            await cluster.Host.CreateAsync(spec, await TestServers.Of(version), default);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    public static async Task<TestCluster> FormAsync(string version = TestVersions.Default)
    {
        var cluster = await StartAsync(version);
        await cluster.BootstrapAsync();
        return cluster;
    }

    public Task<BootstrapReport> BootstrapAsync(BootstrapOptions? options = null) =>
        new BootstrapOperation(Session, Host, options ?? new BootstrapOptions()).RunAsync(default);

    /// <summary>As if the program had been started anew: with connections of its own.</summary>
    public async Task<BootstrapReport> BootstrapAgainAsync(BootstrapOptions? options = null)
    {
        await using var session = new ClusterSession(Host, null, TimeProvider.System);
        return await new BootstrapOperation(session, Host, options ?? new BootstrapOptions()).RunAsync(default);
    }

    public Task<Observation> ObserveAsync() => Session.ObserveAsync(default);

    public async Task<Topology> TopologyAsync() => (await ObserveAsync()).Topology;

    public async Task<Member> MemberAsync(int ordinal) => (await Host.ListMembersAsync(default))[ordinal];

    public string Name(int ordinal) => $"{Host.Name["local:".Length..]}-{ordinal}";

    /// <summary>The reply, which is no error.</summary>
    public async Task<RespValue> AskAsync(int ordinal, params string[] words) =>
        await AskAsync(await MemberAsync(ordinal), words);

    public async Task<RespValue> AskAsync(Member member, params string[] words) =>
        await (await Session.ConnectAsync(member, default)).AskAsync(RespCommand.Of(words), default);

    public async Task<RespValue> AskAsync(string member, params string[] words) =>
        await AskAsync((await Host.ListMembersAsync(default)).Single(m => m.Name == member), words);

    /// <summary>Ends the member's process by SIGKILL.</summary>
    public Task KillAsync(string member) => Host.KillAsync(member, default);

    public Task StartMembersAsync(params string[] members) => Host.StartMembersAsync([.. members], default);

    /// <summary>The program, in this process, on this cluster.</summary>
    public Task<ProgramResult> RunAsync(params string[] arguments) => TestProgram.RunAsync(Root, arguments);

    public static Task<bool> BecomesAsync(Func<Task<bool>> condition) =>
        Wait.UntilAsync(async _ => await condition(), TimeSpan.FromSeconds(120), TimeProvider.System, default);

    public async ValueTask DisposeAsync()
    {
        await Session.DisposeAsync();
        await _sandbox.DisposeAsync();
    }
}
