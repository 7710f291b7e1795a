using Slotwright.Core.Health;
using Slotwright.Core.Slots;
using Slotwright.Integration.Tests.Support;

namespace Slotwright.Integration.Tests.Bootstrap;

public sealed class FormingTests
{
    [Theory]
    [MemberData(nameof(TestVersions.Every), MemberType = typeof(TestVersions))]
    public async Task Six_members_in_three_zones_become_one_cluster(string version)
    {
        await using var cluster = await TestCluster.StartAsync(version);

        var report = await cluster.BootstrapAsync();

        var topology = report.After.Topology;
        Assert.Empty(Formed.Missing(report.After));
        Assert.Equal(["0-5460", "5461-10922", "10923-16383"], topology.Shards().Select(s => s.Slots.ToString()));
        Assert.All(topology.Shards(), s => Assert.NotEqual(topology.ZoneOf(s.Primary), topology.ZoneOf(s.Replicas[0])));
        Assert.Equal(3, topology.Shards().Select(s => topology.ZoneOf(s.Primary)).Distinct().Count());
        Assert.Equal(HashSlot.Count, topology.Covered().Count);
        Assert.Equal(6, topology.Nodes.Select(n => n.Epoch).Where(e => e > 0).Count());

        var verify = await cluster.RunAsync("verify");
        Assert.True(verify.ExitCode == 0, verify.ToString());
        Assert.Contains("It survives the loss of any one node and of any one zone.", verify.Output);
    }

    [Fact]
    public async Task On_a_healthy_cluster_it_does_nothing_and_says_so()
    {
        await using var cluster = await TestCluster.FormAsync();
        var before = await cluster.TopologyAsync();

        var again = await cluster.RunAsync("bootstrap");

        Assert.Equal(0, again.ExitCode);
        Assert.Equal("local:valkey is formed already: nothing to do", again.Output.Trim());
        Assert.Equal("", again.Error);
        var dry = await cluster.RunAsync("bootstrap", "--dry-run");
        Assert.Equal((0, "bootstrap: nothing to do"), (dry.ExitCode, dry.Output.Trim()));
        var report = await cluster.BootstrapAgainAsync();
        Assert.True(report.Plan.IsEmpty);
        Assert.Empty(report.Restored);
        var after = await cluster.TopologyAsync();
        Assert.Equal(
            before.Nodes.Select(n => (n.Id, n.Primary, n.Slots, n.Epoch)),
            after.Nodes.Select(n => (n.Id, n.Primary, n.Slots, n.Epoch))
        );
    }

    [Fact]
    public async Task A_dry_run_shows_the_plan_and_changes_nothing()
    {
        await using var cluster = await TestCluster.StartAsync();

        var dry = await cluster.RunAsync("bootstrap", "--dry-run");

        Assert.Equal(2, dry.ExitCode);
        Assert.Contains("valkey-3 replicates valkey-", dry.Output);
        Assert.All(
            (await cluster.TopologyAsync()).Nodes,
            n => Assert.True(n is { Alone: true, Epoch: 0, Slots.IsEmpty: true })
        );
    }
}
