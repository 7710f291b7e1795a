using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Integration.Tests.Support;

namespace Slotwright.Integration.Tests.Recovery;

/// <summary>A shard whose members are all gone, with their disks.</summary>
public sealed class LostShardTests
{
    [Theory]
    [MemberData(nameof(TestVersions.Chosen), MemberType = typeof(TestVersions))]
    public async Task Its_slots_go_to_another_primary_without_a_key(string version)
    {
        await using var broken = await BrokenCluster.FormAsync(version);
        var lost = broken.Shards[0];
        await LoseAsync(broken, lost);
        var had = (int)lost.Primary.Keys;
        Assert.InRange(had, 1, BrokenCluster.Keys - 1);
        Assert.Contains(
            (await broken.Cluster.ObserveAsync()).Views,
            v => v.Report?.Cluster.SlotsFail == lost.Slots.Count
        );

        var look = await broken.RunAsync("recover");
        Assert.Equal(2, look.ExitCode);
        Assert.Contains($"ALL keys of {lost.Slots.Count} of 16384 slots", look.Output);
        var refused = await broken.RunAsync("recover", "--way", "from-nothing", "--yes");
        Assert.Equal(3, refused.ExitCode);

        var done = await broken.RunAsync("recover", "--way", "from-nothing", "--accept-loss", "--yes");

        Assert.True(done.ExitCode == 0, done.ToString());
        Assert.True(await broken.BecomesWellAsync());
        Assert.Equal(BrokenCluster.Keys - had, await broken.CountAsync());
        await broken.WriteAsync(0, BrokenCluster.Keys);
        Assert.Equal(BrokenCluster.Keys, await broken.CountAsync());

        // the lost come back empty, and follow
        await broken.Cluster.StartMembersAsync([.. lost.Nodes.Select(n => n.Member!)]);
        await broken.Cluster.BootstrapAgainAsync();
        Assert.True(await broken.BecomesWellAsync());
        Assert.Equal(BrokenCluster.Keys, await broken.CountAsync());
        Assert.Contains("nothing to recover", (await broken.RunAsync("recover")).Output);
    }

    [Fact]
    public async Task Its_slots_go_to_a_member_that_came_back_empty()
    {
        await using var broken = await BrokenCluster.FormAsync();
        var lost = broken.Shards[0];
        await LoseAsync(broken, lost);
        // the primary, whose slots nobody has taken, is held back until then
        await Assert.ThrowsAsync<RefusedException>(() =>
            broken.Cluster.StartMembersAsync([.. lost.Nodes.Select(n => n.Member!)])
        );

        var done = await broken.RunAsync("recover", "--way", "from-nothing", "--accept-loss", "--yes");

        Assert.True(done.ExitCode == 0, done.ToString());
        await broken.Cluster.Host.StartAsync(default);
        await broken.Cluster.BootstrapAgainAsync();
        Assert.True(await broken.BecomesWellAsync());
        await broken.WriteAsync(0, BrokenCluster.Keys);
        var topology = await broken.Cluster.TopologyAsync();
        Assert.Contains(topology.OwnerOf(0)!.Member, lost.Nodes.Select(n => n.Member));
        Assert.Equal(3, topology.Shards().Count(s => s.Replicas.Any(r => r.Link == LinkState.InSync)));
        var verify = await broken.RunAsync("verify");
        Assert.True(
            verify.ExitCode == 0 || verify.Output.Contains("restore-layout", StringComparison.Ordinal),
            verify.ToString()
        );
    }

    private static async Task LoseAsync(BrokenCluster broken, Shard shard)
    {
        await broken.KillAsync(shard.Nodes);
        Assert.All(shard.Nodes, broken.Wipe);
        Assert.True(
            await TestCluster.BecomesAsync(async () =>
                (await broken.Cluster.TopologyAsync()).Find(shard.Primary.Id) is { Failed: true }
            )
        );
    }
}
