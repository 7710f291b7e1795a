using Slotwright.Core.Cluster;
using Slotwright.Core.Health;
using Slotwright.Core.Slots;
using Slotwright.Integration.Tests.Support;
using Slotwright.Local.Network;
using Slotwright.Operations.Observing;
using Slotwright.Valkey.Commands;

namespace Slotwright.Integration.Tests.Pods;

/// <summary>
/// Pods of a release, rehearsed as processes: each with a folder as its root and a loopback address as its own. A file
/// in the form of /etc/hosts stands for the headless Service.
/// </summary>
internal sealed class PodSandbox : IAsyncDisposable
{
    public const string Password = "pass \"word\" \\ #é";
    public const string Service = "vk-headless.ns.svc.cluster.local";
    public const string Config =
        "loglevel notice\nmaxmemory 100mb\nappendonly yes\nsave 900 1\nsave 300 10\nrepl-diskless-sync-delay 0\n"
        + "cluster-allow-replica-migration no\n"; // after 5 s a shard's second replica would go to one that has none

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("slotwright-pods-");
    private readonly string _network = LoopbackNetworks.FirstFree($"{Guid.NewGuid()}", _ => false)!;
    private readonly string _servers;
    private readonly List<TestPod> _pods = [];
    private int _moved;

    private PodSandbox(string servers) => _servers = servers;

    public IReadOnlyList<TestPod> Pods => _pods;

    /// <summary>Pods whose servers answer and know nothing of each other.</summary>
    public static async Task<PodSandbox> StartAsync(
        int pods,
        string version = TestVersions.Default,
        string config = Config
    )
    {
        var sandbox = new PodSandbox(Path.GetDirectoryName((await TestServers.Of(version)).Path)!);
        try
        {
            var all = Enumerable.Range(0, pods).Select(_ => sandbox.Add(config)).ToArray();
            await Task.WhenAll(all.Select(p => p.UpAsync()));
            return sandbox;
        }
        catch
        {
            await sandbox.DisposeAsync();
            throw;
        }
    }

    /// <summary>Three shards: 3, 4 and 5 replicate 0, 1 and 2; all of them have been ready.</summary>
    public static Task<PodSandbox> FormAsync(string version = TestVersions.Default, string config = Config) =>
        FormAsync([0, 1, 2], version, config);

    /// <summary>Three shards.</summary>
    /// <param name="primaries">Of the replicas, which are the pods from 3 on.</param>
    public static async Task<PodSandbox> FormAsync(
        int[] primaries,
        string version = TestVersions.Default,
        string config = Config
    )
    {
        var sandbox = await StartAsync(3 + primaries.Length, version, config);
        try
        {
            await sandbox.FormAsync(primaries);
            return sandbox;
        }
        catch
        {
            await sandbox.DisposeAsync();
            throw;
        }
    }

    /// <summary>One more pod; nothing of it runs yet.</summary>
    public TestPod Add(string config = Config)
    {
        var pod = new TestPod(
            _folder.CreateSubdirectory($"vk-{_pods.Count}").FullName,
            $"vk-{_pods.Count}.{Service}",
            new NodeAddress($"{_network}.{_pods.Count + 1}", LoopbackNetworks.Port),
            _servers,
            config
        );
        _pods.Add(pod);
        Name(_pods);
        return pod;
    }

    /// <summary>What DNS knows from now on.</summary>
    public void Name(IReadOnlyCollection<TestPod> pods)
    {
        foreach (var one in _pods)
        {
            one.Write("etc/hosts", string.Concat(pods.Select(p => $"{p.Address.Host} {Service} {p.Hostname}\n")));
        }
    }

    /// <summary>An address that no pod had yet.</summary>
    public NodeAddress NextAddress() => new($"{_network}.{100 + ++_moved}", LoopbackNetworks.Port);

    public ClusterSession NewSession() => new(new PodTarget(_pods), null, TimeProvider.System);

    public async ValueTask DisposeAsync()
    {
        foreach (var pod in _pods)
        {
            await pod.DisposeAsync();
        }
        _folder.Delete(recursive: true);
    }

    private async Task FormAsync(int[] primaries)
    {
        for (var i = 0; i < _pods.Count; i++)
        {
            await using var node = await _pods[i].ConnectAsync();
            await node.SetConfigEpochAsync(_pods.Count - i, default);
            await node.ConfigSetAsync("repl-diskless-sync-delay", "0", default);
            await node.AddSlotsRangeAsync(i < 3 ? SlotSet.Split(3)[i] : SlotSet.Empty, default);
        }
        await using var hub = await _pods[0].ConnectAsync();
        foreach (var pod in _pods.Skip(1))
        {
            await hub.MeetAsync(pod.Address, null, default);
        }
        for (var i = 0; i < primaries.Length; i++)
        {
            await using var node = await _pods[3 + i].ConnectAsync();
            var primary = await _pods[primaries[i]].IdAsync();
            Assert.True(await TestCluster.BecomesAsync(() => node.KnowsAsync(primary, default)));
            await node.ReplicateAsync(primary, default);
        }
        await using var session = NewSession();
        Assert.True(
            await TestCluster.BecomesAsync(async () =>
                await session.ObserveAsync(default) is var seen
                && Formed.Missing(seen).IsEmpty
                && seen.Views.All(v => v.Report!.Peers.All(p => p.Linked)) // a replica that a voter has no link to is passed over
            )
        );
        foreach (var pod in _pods)
        {
            await pod.SendAsync("CLUSTER", "SAVECONFIG"); // killed before that, 8.0 and 8.1 may not start from it again
            await pod.BecomesReadyAsync();
        }
    }
}
