using System.Collections.Immutable;
using Slotwright.Local.Hosting;
using Slotwright.Local.Servers;
using Slotwright.Local.State;
using Slotwright.Operations.Bootstrap;
using Slotwright.Operations.Observing;

namespace Slotwright.Bench.Reshard;

/// <summary>A formed cluster that is full of small keys; gone when it is disposed.</summary>
internal sealed class BenchServers : IAsyncDisposable
{
    private const string Name = "bench";

    /// <summary>
    /// Else files grow until all servers fork and rewrite them, once in a few moves: always in those of the same tool, where
    /// tools take turns.
    /// </summary>
    private static readonly ImmutableSortedDictionary<string, string> NoForks = ImmutableSortedDictionary<
        string,
        string
    >
        .Empty.Add("auto-aof-rewrite-percentage", "0")
        .Add("save", "\"\"");

    private readonly LocalHost _host;

    private BenchServers(LocalHost host, string program, StateRoot root, ServerBinary server)
    {
        _host = host;
        Session = new ClusterSession(host, given: null, TimeProvider.System);
        Tools = new MoveTools(program, root.Path, host, server, Session);
    }

    public ClusterSession Session { get; }

    public MoveTools Tools { get; }

    /// <param name="keysPerSlot">Of 256 bytes.</param>
    /// <param name="emptyStay">A primary that has no slots any more stays one.</param>
    public static async Task<BenchServers> UpAsync(
        string program,
        StateRoot root,
        string version,
        int primaries,
        int replicas,
        int keysPerSlot,
        bool emptyStay,
        CancellationToken ct
    )
    {
        var server = await ServerLocator
            .OfThisMachine(TimeProvider.System)
            .FindAsync(version, new Progress<string>(), ct);
        var servers = new BenchServers(new LocalClusters(root, TimeProvider.System).Host(Name), program, root, server);
        try
        {
            var spec = new LocalSpec
            {
                Name = Name,
                Members = primaries * (replicas + 1),
                ReplicasPerPrimary = replicas,
                Settings = emptyStay ? NoForks.Add("cluster-allow-replica-migration", "no") : NoForks,
            };
            await servers._host.CreateAsync(spec, server, ct);
            await new BootstrapOperation(servers.Session, servers._host, new BootstrapOptions()).RunAsync(ct);
            await SmallKeys.FillAsync(servers.Session, keysPerSlot, ct);
            return servers;
        }
        catch
        {
            await servers.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Session.DisposeAsync();
        if (_host.Exists)
        {
            await _host.EndAsync(CancellationToken.None);
            await _host.PurgeAsync(CancellationToken.None);
        }
    }
}
