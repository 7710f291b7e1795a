using System.Collections.Immutable;
using System.Globalization;
using Slotwright.Bench.Create;
using Slotwright.Core.Cluster;
using Slotwright.Integration.Tests.Support;
using Slotwright.Local.Hosting;
using Slotwright.Local.Servers;
using Slotwright.Local.State;
using Slotwright.Operations.Drills;
using Slotwright.Operations.Observing;
using Slotwright.Operations.Running;
using Slotwright.Valkey.Commands;
using Slotwright.Valkey.Resp;

namespace Slotwright.Bench.Failover;

/// <summary>A formed cluster that the native program has brought up, with its agents or without; gone when it is disposed.</summary>
internal sealed class BenchCluster : IAsyncDisposable
{
    public const string Name = "bench";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _program;
    private readonly StateRoot _root;
    private readonly Dictionary<string, string> _environment;

    private BenchCluster(string program, StateRoot root)
    {
        (_program, _root) = (program, root);
        _environment = new(StringComparer.Ordinal) { ["SLOTWRIGHT_HOME"] = root.Path };
        Host = new LocalClusters(root, TimeProvider.System).Host(Name);
        Session = new ClusterSession(Host, null, TimeProvider.System);
    }

    public LocalHost Host { get; }

    public ClusterSession Session { get; }

    /// <summary>The executable of Valkey 9.1, fetched where this machine has none.</summary>
    public static async Task<string> FindServerAsync(CancellationToken ct) =>
        (await ServerLocator.OfThisMachine(TimeProvider.System).FindAsync("9.1", new Progress<string>(), ct)).Path;

    public static async Task<BenchCluster> UpAsync(
        string program,
        StateRoot root,
        string server,
        int members,
        int replicas,
        bool agents,
        CancellationToken ct
    )
    {
        var cluster = new BenchCluster(program, root);
        await cluster.RunAsync(
            [
                "up",
                "--name",
                Name,
                "--own-addresses",
                "--valkey",
                server,
                "--members",
                members.ToString(CultureInfo.InvariantCulture),
                "--replicas-per-primary",
                replicas.ToString(CultureInfo.InvariantCulture),
                .. agents ? ["--agents"] : Array.Empty<string>(),
            ],
            ct
        );
        await cluster.UntilWholeAsync(ct);
        return cluster;
    }

    public Task<TimedProgram> RunAsync(IEnumerable<string> arguments, CancellationToken ct) =>
        TimedProgram.RunAsync(_program, arguments, _environment, ct);

    public async Task<Topology> LookAsync(CancellationToken ct) => (await Session.ObserveAsync(ct)).Topology;

    public async Task<RespValue> AskAsync(string member, CancellationToken ct, params string[] words)
    {
        var found = (await Host.ListMembersAsync(ct)).Single(m => m.Name == member);
        return await (await Session.ConnectAsync(found, ct)).AskAsync(RespCommand.Of(words), ct);
    }

    /// <summary>Starts members that are away, and ends when every shard has its replicas in sync.</summary>
    public async Task MendAsync(CancellationToken ct)
    {
        await Host.StartMembersAsync([.. (await Host.ListMembersAsync(ct)).Select(m => m.Name)], ct);
        await UntilWholeAsync(ct);
    }

    /// <summary>
    /// Load, a deed in the middle of it. Half of the clients use WAIT 1: where the only replica has taken over it holds up
    /// their connections for a tenth of a second or two, and the others show since when writes are acknowledged.
    /// </summary>
    public async Task<LoadResult> LoadAsync(TimeSpan duration, Func<LoadRun, Task> deed, CancellationToken ct)
    {
        var options = LoadOptions.Default with
        {
            Duration = duration,
            Rate = 2000,
            WaitReplicas = 1,
            WaitClients = LoadOptions.Default.Clients / 2,
        };
        await using var session = new ClusterSession(Host, null, TimeProvider.System);
        return await LoadAround.RunAsync(session, options, new Random(), deed, ct);
    }

    public async ValueTask DisposeAsync()
    {
        await Session.DisposeAsync();
        await RunAsync(["down", "--purge", "--yes", "--name", Name], CancellationToken.None);
    }

    /// <summary>pids of its agents.</summary>
    public ImmutableArray<int> Agents() =>
        [
            .. Directory
                .EnumerateDirectories($"{_root.Path}/local/{Name}")
                .Select(folder => $"{folder}/agent/process.json")
                .Where(File.Exists)
                .Select(PidOf),
        ];

    private static int PidOf(string file)
    {
        using var json = System.Text.Json.JsonDocument.Parse(File.ReadAllText(file));
        return json.RootElement.GetProperty("identity").GetProperty("pid").GetInt32();
    }

    private async Task UntilWholeAsync(CancellationToken ct)
    {
        if (
            !await Wait.UntilAsync(
                async inner =>
                {
                    var topology = await LookAsync(inner);
                    return topology.Nodes.All(n => n.Reachable && (n.IsPrimary || n.Link == LinkState.InSync))
                        && topology.Nodes.All(n => !n.IsPrimary || !n.Slots.IsEmpty);
                },
                Patience,
                TimeProvider.System,
                ct
            )
        )
        {
            throw new InvalidOperationException($"the cluster is not whole after {Patience.TotalSeconds:0} s");
        }
    }
}
