using System.Collections.Immutable;
using System.Text;
using Slotwright.Core.Health;
using Slotwright.Core.Observing;
using Slotwright.Core.Slots;
using Slotwright.Integration.Tests.Support;
using Slotwright.Operations.Observing;
using Slotwright.Valkey.Resp;

namespace Slotwright.Integration.Tests.Pods;

/// <summary>Three shards of two pods with 3000 keys, whose volumes can be set back: 0, 1 and 2 are the primaries.</summary>
internal sealed class FencedPods : IAsyncDisposable
{
    public const int Keys = 3000;

    /// <summary>Keys in the snapshots of primaries, where there are snapshots alone; replicas have one of all.</summary>
    public const int Saved = 500;

    private readonly PodSandbox _pods;

    private FencedPods(PodSandbox pods) => _pods = pods;

    public IReadOnlyList<TestPod> All => _pods.Pods;

    public IEnumerable<TestPod> Primaries => All.Take(3);

    public TestPod Primary => All[0];

    public TestPod Replica => All[3];

    /// <param name="appendOnly">Else pods keep snapshots alone, and only those that a test takes.</param>
    public static async Task<FencedPods> FormAsync(string version, bool appendOnly)
    {
        var config =
            $"maxmemory 100mb\nsave \"\"\nappendonly {(appendOnly ? "yes" : "no")}\nrepl-diskless-sync-delay 0\n";
        var fenced = new FencedPods(await PodSandbox.FormAsync(version, config));
        try
        {
            foreach (var pod in fenced.All)
            {
                pod.Set("SLOTWRIGHT_FENCE_TIMEOUT", "3");
            }
            await fenced.WriteAsync(0, Saved);
            if (!appendOnly)
            {
                await SaveAsync(fenced.Primaries);
            }
            await fenced.WriteAsync(Saved, Keys);
            if (!appendOnly)
            {
                await SaveAsync(fenced.All.Skip(3));
            }
            return fenced;
        }
        catch
        {
            await fenced.DisposeAsync();
            throw;
        }
    }

    public ClusterSession NewSession() => _pods.NewSession();

    /// <summary>All have addresses that nobody had, and DNS knows them.</summary>
    public void Move()
    {
        foreach (var pod in All)
        {
            pod.Address = _pods.NextAddress();
        }
        _pods.Name(All);
    }

    public static Task KillAsync(IEnumerable<TestPod> pods) => Task.WhenAll(pods.Select(p => p.KillAsync()));

    public static Task UpAsync(IEnumerable<TestPod> pods, bool guards = true) =>
        Task.WhenAll(pods.Select(p => p.UpAsync(guards)));

    /// <summary>Keys on all primaries that own slots, once every slot is served and every replica is in sync.</summary>
    public async Task<long> CountAsync()
    {
        Observation? seen = null;
        await using var session = NewSession();
        Assert.True(
            await TestCluster.BecomesAsync(async () =>
                Formed.Missing(seen = await session.ObserveAsync(default)).IsEmpty
            ),
            $"{string.Join("; ", seen is null ? [] : Formed.Missing(seen))}\n{string.Join('\n', All.Select(p => p.Log))}"
        );
        return seen!.Topology.Primaries.Sum(n => n.Keys);
    }

    /// <summary>All of verify's findings that are no good news.</summary>
    public async Task<ImmutableArray<Finding>> VerifyAsync()
    {
        await using var session = NewSession();
        return
        [
            .. ClusterChecks
                .Run(await session.ObserveAsync(default), Expectation.OneReplica)
                .Where(f => f.Verdict == Verdict.Failed),
        ];
    }

    public ValueTask DisposeAsync() => _pods.DisposeAsync();

    private async Task WriteAsync(int first, int end)
    {
        var shares = SlotSet.Split(3);
        var keys = Enumerable.Range(first, end - first).Select(i => $"key-{i}").ToArray();
        for (var i = 0; i < 3; i++)
        {
            await using var node = await All[i].ConnectAsync();
            var own = keys.Where(k => shares[i].Contains(HashSlot.Of(Encoding.UTF8.GetBytes(k))));
            var replies = await node.SendAllAsync([.. own.Select(k => RespCommand.Of("SET", k, k))], default);
            Assert.DoesNotContain(replies, r => r is RespValue.Error);
        }
        await using var session = NewSession();
        Assert.True(
            await TestCluster.BecomesAsync(async () =>
                (await session.ObserveAsync(default))
                    .Topology.Shards()
                    .All(s => s.Replicas.All(r => r.Keys == s.Primary.Keys))
            )
        );
    }

    private static async Task SaveAsync(IEnumerable<TestPod> pods)
    {
        var replies = await Task.WhenAll(pods.Select(p => p.SendAsync("SAVE")));
        Assert.DoesNotContain(replies, r => r is RespValue.Error);
    }
}
