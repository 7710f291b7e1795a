using Slotwright.Core.Observing;
using Slotwright.Core.Slots;
using Slotwright.Integration.Tests.Local;
using Slotwright.Integration.Tests.Support;
using Slotwright.Valkey.Commands;

namespace Slotwright.Integration.Tests.Verify;

public sealed class DeadShardTests
{
    [Fact]
    public async Task A_dead_shard_is_found_though_cluster_state_is_ok_and_all_slots_are_assigned()
    {
        var settings = LocalSandbox.Spec.Settings.Add("cluster-node-timeout", "3000");
        await using var cluster = await TestCluster.StartAsync(LocalSandbox.Spec with { Settings = settings });
        await cluster.BootstrapAsync();
        Assert.Equal(0, (await cluster.RunAsync("verify")).ExitCode);
        var shards = (await cluster.TopologyAsync()).Shards();
        var witness = shards[0].Primary.Member!;

        await Task.WhenAll(shards[1].Nodes.Select(n => cluster.KillAsync(n.Member!)));

        var early = await cluster.RunAsync("verify");
        Assert.Equal(2, early.ExitCode);
        Assert.Contains(
            $"slots {shards[1].Slots}: their owner {shards[1].Primary.Label} is not reachable",
            early.Output
        );
        Assert.True(await InfoAsync(cluster, witness) is { StateOk: true, SlotsAssigned: HashSlot.Count });

        // once the others have noticed, only slots_ok tells
        Assert.True(await TestCluster.BecomesAsync(async () => (await InfoAsync(cluster, witness)).SlotsFail > 0));
        var later = await InfoAsync(cluster, witness);
        Assert.True(later is { StateOk: true, SlotsAssigned: HashSlot.Count }, later.ToString());
        Assert.Equal(HashSlot.Count - shards[1].Slots.Count, later.SlotsOk);
        Assert.Contains("whatever cluster_state says", (await cluster.RunAsync("verify")).Output);
    }

    private static async Task<ClusterInfo> InfoAsync(TestCluster cluster, string member)
    {
        var at = (await cluster.Host.ListMembersAsync(default)).Single(m => m.Name == member);
        return await (await cluster.Session.ConnectAsync(at, default)).ClusterInfoAsync(default);
    }
}
