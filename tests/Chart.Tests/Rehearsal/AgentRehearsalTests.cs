using Slotwright.Core.Drills;
using Slotwright.Core.Health;
using Slotwright.Core.Observing;
using Slotwright.Operations.Running;

namespace Slotwright.Chart.Tests.Rehearsal;

/// <summary>What the chart's agents mend while nobody looks: pods that come back as strangers.</summary>
[Collection(RehearsalCollection.Name)]
public sealed class AgentRehearsalTests
{
    /// <summary>A cache: nothing on disk, and a node timeout that a test can wait for.</summary>
    private const string Cache =
        "valkeyConfig=maxmemory 100mb\nappendonly no\nsave \"\"\nrepl-diskless-sync-delay 0\ncluster-node-timeout 2000\n";

    /// <summary>30 MB are promised; it is about 4.</summary>
    private const long MostMemory = 16 << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Without_volumes_a_rolling_update_under_load_ends_with_as_many_nodes_and_none_is_dead()
    {
        await using var rehearsal = await PodRehearsal.StartAsync(newAddress: ordinal => ordinal % 2 == 1);
        string[] values = ["persistence.enabled=false", Cache];
        await rehearsal.InstallAsync(await Rendering.OfAsync(values));
        await using var session = RehearsedLoad.Session(rehearsal, "prod-valkey-cluster-auth", "default");
        await using var client = RehearsedLoad.Session(rehearsal, "prod-valkey-cluster-auth", "default");
        var ids = Ids(await session.ObserveAsync(default));

        var rolled = await RehearsedLoad.RunAsync(
            client,
            async () => await rehearsal.UpgradeAsync(await Rendering.OfAsync([.. values, "valkeyLogLevel=verbose"]))
        );

        Assert.True(rolled.Acknowledged > 1000);
        Assert.Equal(
            (0L, 0L, default(RingCounts)),
            (rolled.Failed, rolled.Shards.Sum(s => s.FailedReads), rolled.Found)
        );
        Assert.True(
            await Wait.UntilAsync(
                async ct => IsWhole(await session.ObserveAsync(ct), 6),
                Patience,
                TimeProvider.System,
                default
            ),
            rehearsal.Log
        );
        Assert.Empty(ids.Intersect(Ids(await session.ObserveAsync(default))));
        Assert.All(rehearsal.Pods, p => Assert.InRange(Assert.Single(p.Sidecars).AnonymousMemory, 1, MostMemory));
        Assert.Empty(rehearsal.Trouble);
    }

    [Fact]
    public async Task Without_agents_a_pod_that_lost_its_volume_stays_outside_and_never_becomes_ready()
    {
        await using var rehearsal = await PodRehearsal.StartAsync(newAddress: _ => true);
        await rehearsal.InstallAsync(
            await Rendering.OfAsync("agent.enabled=false", "persistence.enabled=false", Cache)
        );
        Assert.All(rehearsal.Pods, p => Assert.Empty(p.Sidecars));

        await rehearsal.RestartAsync(5);

        var pod = rehearsal.Pods[5];
        Assert.True(
            await Wait.UntilAsync(
                _ => ValueTask.FromResult(pod.ReadyLine.Contains("new and empty", StringComparison.Ordinal)),
                Patience,
                TimeProvider.System,
                default
            ),
            pod.ReadyLine
        );
        Assert.False(
            await Wait.UntilAsync(
                _ => ValueTask.FromResult(pod.IsReady),
                TimeSpan.FromSeconds(10),
                TimeProvider.System,
                default
            )
        );
        Assert.Empty(rehearsal.Trouble);
    }

    /// <summary>Nobody knows more nodes than there are members: no dead one is remembered.</summary>
    private static bool IsWhole(Observation observation, int members) =>
        Formed.Missing(observation).IsEmpty
        && observation.Views.All(v => v.Report is { } report && report.Peers.Length == members);

    private static string[] Ids(Observation observation) => [.. observation.Topology.Nodes.Select(n => n.Id.Value)];
}
