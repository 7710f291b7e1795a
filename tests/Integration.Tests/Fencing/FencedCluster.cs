using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Fencing;
using Slotwright.Core.Health;
using Slotwright.Core.Observing;
using Slotwright.Core.Slots;
using Slotwright.Integration.Tests.Local;
using Slotwright.Integration.Tests.Support;
using Slotwright.Local.Hosting;
using Slotwright.Operations.Fencing;
using Slotwright.Valkey.Resp;

namespace Slotwright.Integration.Tests.Fencing;

/// <summary>Six members with 3000 keys, whose disks can be set back.</summary>
internal sealed class FencedCluster : IAsyncDisposable
{
    public const int Keys = 3000;

    private readonly TestCluster _cluster;

    private FencedCluster(TestCluster cluster) => _cluster = cluster;

    public LocalHost Host => _cluster.Host;

    /// <param name="appendOnly">Else members keep snapshots alone, and only those that a test takes.</param>
    /// <param name="saved">With snapshots: the first keys, of which primaries have a snapshot; replicas have one of all.</param>
    public static async Task<FencedCluster> FormAsync(string version, bool appendOnly, int saved = 500)
    {
        var spec = LocalSandbox.Spec with
        {
            Settings = ImmutableSortedDictionary<string, string>
                .Empty.Add("save", "\"\"")
                .Add("appendonly", appendOnly ? "yes" : "no"),
        };
        var fenced = new FencedCluster(await TestCluster.StartAsync(spec, version));
        try
        {
            // an election that failed is repeated on 8.0 after twice the node timeout of 15 s
            fenced.Host.Fence = new FenceOptions(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(100), WhenUnknown.Wait);
            await fenced._cluster.BootstrapAsync();
            await fenced.WriteAsync(0, saved);
            if (!appendOnly)
            {
                await fenced.SaveAsync(n => n.IsPrimary);
            }
            await fenced.WriteAsync(saved, Keys);
            if (!appendOnly)
            {
                await fenced.SaveAsync(n => !n.IsPrimary);
            }
            return fenced;
        }
        catch
        {
            await fenced.DisposeAsync();
            throw;
        }
    }

    public async Task<ImmutableArray<string>> PrimariesAsync() =>
        [.. (await _cluster.TopologyAsync()).Shards().Select(s => s.Primary.Member!)];

    public async Task<string> ReplicaOfAsync(string primary)
    {
        var topology = await _cluster.TopologyAsync();
        return topology.Shards().Single(s => s.Primary.Member == primary).Replicas.Single().Member!;
    }

    public async Task KillAllAsync() =>
        await Task.WhenAll((await Host.ListMembersAsync(default)).Select(m => Host.KillAsync(m.Name, default)));

    public Task KillAsync(params string[] members) => Task.WhenAll(members.Select(m => Host.KillAsync(m, default)));

    /// <summary>A volume that came back empty.</summary>
    /// <param name="nodes">Also what the server remembers of its cluster.</param>
    public void Wipe(string member, bool nodes)
    {
        foreach (var entry in new DirectoryInfo($"{FolderOf(member)}/data").EnumerateFileSystemInfos())
        {
            if (entry is DirectoryInfo folder)
            {
                folder.Delete(recursive: true);
            }
            else if (nodes || entry.Name != "nodes.conf")
            {
                entry.Delete();
            }
        }
    }

    /// <summary>Keys on all primaries that own slots, once every slot is served and every replica is in sync.</summary>
    public async Task<long> CountAsync()
    {
        Observation? seen = null;
        Assert.True(
            await TestCluster.BecomesAsync(async () => Formed.Missing(seen = await _cluster.ObserveAsync()).IsEmpty),
            string.Join("; ", seen is null ? [] : Formed.Missing(seen))
        );
        return seen!.Topology.Primaries.Sum(n => n.Keys);
    }

    public Task<RespValue> AskAsync(string member, params string[] words) => _cluster.AskAsync(member, words);

    public Task<ProgramResult> RunAsync(params string[] words) => _cluster.RunAsync(words);

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    private string FolderOf(string member) => $"{_cluster.Root}/local/{LocalSpec.DefaultName}/{member}";

    private async Task WriteAsync(int first, int end)
    {
        var topology = await _cluster.TopologyAsync();
        var byOwner = Enumerable
            .Range(first, end - first)
            .Select(i => $"key-{i}")
            .ToLookup(k => topology.OwnerOf(HashSlot.Of(System.Text.Encoding.UTF8.GetBytes(k)))!.Member!);
        foreach (var keys in byOwner)
        {
            var primary = topology.Members[keys.Key];
            var connection = await _cluster.Session.ConnectAsync(primary, default);
            var replies = await connection.SendAllAsync([.. keys.Select(k => RespCommand.Of("SET", k, k))], default);
            Assert.DoesNotContain(replies, r => r is RespValue.Error);
        }
        Assert.True(
            await TestCluster.BecomesAsync(async () =>
                (await _cluster.TopologyAsync()).Shards().All(s => s.Replicas.All(r => r.Keys == s.Primary.Keys))
            )
        );
    }

    private async Task SaveAsync(Func<Node, bool> which)
    {
        foreach (var node in (await _cluster.TopologyAsync()).Nodes.Where(which))
        {
            await _cluster.AskAsync(node.Member!, "SAVE");
        }
    }
}
