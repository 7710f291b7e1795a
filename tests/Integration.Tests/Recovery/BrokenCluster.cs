using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Core.Slots;
using Slotwright.Integration.Tests.Local;
using Slotwright.Integration.Tests.Support;
using Slotwright.Local.Hosting;
using Slotwright.Valkey.Resp;

namespace Slotwright.Integration.Tests.Recovery;

/// <summary>Six members with keys on each shard, streams that flow, and servers that suspect each other after 2 s.</summary>
internal sealed class BrokenCluster : IAsyncDisposable
{
    public const int Keys = 300;

    private BrokenCluster(TestCluster cluster) => Cluster = cluster;

    public TestCluster Cluster { get; }

    /// <summary>The shards as they were before anything was broken.</summary>
    public ImmutableArray<Shard> Shards { get; private set; } = [];

    public static async Task<BrokenCluster> FormAsync(
        string version = TestVersions.Default,
        int replicas = 1,
        bool appendOnly = true
    )
    {
        var spec = LocalSandbox.Spec with
        {
            Members = 3 * (1 + replicas),
            ReplicasPerPrimary = replicas,
            Settings = LocalSandbox
                .Spec.Settings.SetItem("cluster-node-timeout", "2000")
                .SetItem("repl-ping-replica-period", "1")
                .SetItem("appendonly", appendOnly ? "yes" : "no")
                .SetItem("save", "\"\""),
        };
        var broken = new BrokenCluster(await TestCluster.StartAsync(spec, version));
        try
        {
            var fence = broken.Cluster.Host.Fence;
            broken.Cluster.Host.Fence = fence with
            {
                Timeout = TimeSpan.FromSeconds(2),
                Patience = TimeSpan.FromSeconds(20),
            };
            await broken.Cluster.BootstrapAsync();
            await broken.WriteAsync(0, Keys);
            broken.Shards = (await broken.Cluster.TopologyAsync()).Shards();
            return broken;
        }
        catch
        {
            await broken.DisposeAsync();
            throw;
        }
    }

    public Task<ProgramResult> RunAsync(params string[] arguments) => Cluster.RunAsync(arguments);

    /// <summary>By SIGKILL, as when machines go.</summary>
    public Task KillAsync(params IEnumerable<Node> nodes) =>
        Task.WhenAll(nodes.Select(n => Cluster.KillAsync(n.Member!)));

    /// <summary>A disk that came back empty.</summary>
    public void Wipe(Node node)
    {
        foreach (var entry in new DirectoryInfo($"{Folder(node)}/data").EnumerateFileSystemInfos())
        {
            if (entry is DirectoryInfo folder)
            {
                folder.Delete(recursive: true);
            }
            else
            {
                entry.Delete();
            }
        }
    }

    /// <summary>Keys on all primaries that own slots.</summary>
    public async Task<long> CountAsync() => (await Cluster.TopologyAsync()).Shards().Sum(s => s.Primary.Keys);

    /// <summary>Every member that answers says that the cluster is well.</summary>
    public Task<bool> BecomesWellAsync() =>
        TestCluster.BecomesAsync(async () =>
            (await Cluster.ObserveAsync())
                .Views.Where(v => v.Report is not null)
                .All(v => v.Report!.Cluster is { StateOk: true, SlotsOk: HashSlot.Count })
        );

    /// <summary>The error with which a member refuses a command.</summary>
    public async Task<string> RefusalAsync(Node node, params string[] words) =>
        (await Assert.ThrowsAsync<OperationFailedException>(() => Cluster.AskAsync(node.Member!, words))).Message;

    public async Task WriteAsync(int first, int end)
    {
        var topology = await Cluster.TopologyAsync();
        var byOwner = Enumerable
            .Range(first, end - first)
            .Select(i => $"key-{i}")
            .ToLookup(k => topology.OwnerOf(HashSlot.Of(System.Text.Encoding.UTF8.GetBytes(k)))!.Member!);
        foreach (var keys in byOwner)
        {
            var connection = await Cluster.Session.ConnectAsync(topology.Members[keys.Key], default);
            var replies = await connection.SendAllAsync([.. keys.Select(k => RespCommand.Of("SET", k, k))], default);
            Assert.DoesNotContain(replies, r => r is RespValue.Error);
        }
        Assert.True(
            await TestCluster.BecomesAsync(async () =>
                (await Cluster.TopologyAsync())
                    .Shards()
                    .All(s => s.Replicas.Where(r => r.Reachable).All(r => r.Keys == s.Primary.Keys && r.Offset > 0))
            )
        );
    }

    public ValueTask DisposeAsync() => Cluster.DisposeAsync();

    private string Folder(Node node) => $"{Cluster.Root}/local/{LocalSpec.DefaultName}/{node.Member}";
}
