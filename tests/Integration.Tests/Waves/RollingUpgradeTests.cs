using Slotwright.Core.Failures;
using Slotwright.Core.Planning.Steps;
using Slotwright.Core.Planning.Waves;
using Slotwright.Integration.Tests.Support;
using Slotwright.Operations.Running;

namespace Slotwright.Integration.Tests.Waves;

public sealed class RollingUpgradeTests
{
    [Fact]
    public async Task Up_under_load_back_with_all_data_and_up_again_for_good()
    {
        await using var cluster = await TestCluster.FormAsync("8.1");
        var ledger = await Rolling.UnderLoadAsync(
            cluster,
            async () =>
            {
                var copies = await Rolling.FullCopiesAsync(cluster);
                var up = await Rolling.RunAsync(cluster, RollingKind.Upgrade, "9.1");
                Assert.Equal(3, up.Kept.Length);
                Assert.Equal(copies, await Rolling.FullCopiesAsync(cluster));
                Assert.Equal(["8.1", "8.1", "8.1", "9.1", "9.1", "9.1"], await Rolling.VersionsAsync(cluster));
                Assert.All(
                    (await cluster.ObserveAsync()).Topology.Shards(),
                    s => Assert.DoesNotContain(s.Primary.Member!, up.Kept)
                );

                var again = await Rolling.RunAsync(cluster, RollingKind.Upgrade, "9.1");
                Assert.True(again.Change.Plan.IsEmpty);
                Assert.Equal(up.Kept, again.Kept);
                var restart = await Assert.ThrowsAsync<RefusedException>(() =>
                    Rolling.RunAsync(cluster, RollingKind.Restart)
                );
                Assert.Equal("upgrade-open", restart.Findings[0].Code);

                var back = await Rolling.RunAsync(cluster, RollingKind.Rollback);
                Assert.Equal(3, back.Change.HandOvers.Length);
                Assert.All(await Rolling.VersionsAsync(cluster), v => Assert.Equal("8.1", v));

                await Rolling.RunAsync(cluster, RollingKind.Upgrade, "9.1");
                var commit = await Rolling.RunAsync(cluster, RollingKind.Commit);
                Assert.Empty(commit.Kept);
                Assert.All(await Rolling.VersionsAsync(cluster), v => Assert.Equal("9.1", v));
            }
        );
        Assert.Equal((0, 0), (ledger.Failed, ledger.Found.Lost));
    }

    [Fact]
    public async Task Back_from_a_committed_upgrade_each_member_copies_everything_unless_there_is_what_the_old_one_can_t_hold()
    {
        await using var cluster = await TestCluster.FormAsync("9.1");
        var owner = (await cluster.TopologyAsync()).OwnerOf(0)!.Member!;
        await cluster.AskAsync(owner, "HSET", "{265b}h", "field", "value"); // slot 0
        await cluster.AskAsync(owner, "HPEXPIRE", "{265b}h", "600000", "FIELDS", "1", "field");

        var none = await Assert.ThrowsAsync<RefusedException>(() => Rolling.RunAsync(cluster, RollingKind.Rollback));
        Assert.Equal("none-kept", none.Findings[0].Code);
        var oneWay = await Assert.ThrowsAsync<RefusedException>(() =>
            Rolling.RunAsync(cluster, RollingKind.Upgrade, "8.1")
        );
        Assert.Equal("files-unreadable", oneWay.Findings[0].Code);
        var refused = await Assert.ThrowsAsync<RefusedException>(() =>
            Rolling.RunAsync(cluster, RollingKind.Rollback, "8.1")
        );
        Assert.Contains(refused.Findings, f => f.Code == "field-expiries" && f.Subject == owner);
        Assert.All(await Rolling.VersionsAsync(cluster), v => Assert.Equal("9.1", v));

        await cluster.AskAsync(owner, "HPERSIST", "{265b}h", "FIELDS", "1", "field");
        var ledger = await Rolling.UnderLoadAsync(
            cluster,
            () => Rolling.RunAsync(cluster, RollingKind.Rollback, "8.1")
        );

        Assert.Equal((0, 0), (ledger.Failed, ledger.Found.Lost));
        Assert.All(await Rolling.VersionsAsync(cluster), v => Assert.Equal("8.1", v));
        var now = (await cluster.TopologyAsync()).OwnerOf(0)!.Member!;
        Assert.Equal("value", (await cluster.AskAsync(now, "HGET", "{265b}h", "field")).AsText());
    }

    [Fact]
    public async Task An_upgrade_that_is_killed_half_way_can_go_on_or_back()
    {
        await using var cluster = await TestCluster.FormAsync("8.1");
        var kills = new RunHooks { AfterStep = (step, _) => step is HandOver ? throw new KilledException() : default };
        await Assert.ThrowsAsync<KilledException>(() =>
            Rolling.RunAsync(cluster, RollingKind.Upgrade, "9.1", options: new ChangeOptions { Hooks = kills })
        );
        await Rolling.RunAsync(cluster, RollingKind.Rollback);
        Assert.All(await Rolling.VersionsAsync(cluster), v => Assert.Equal("8.1", v));

        await Assert.ThrowsAsync<KilledException>(() =>
            Rolling.RunAsync(cluster, RollingKind.Upgrade, "9.1", options: new ChangeOptions { Hooks = kills })
        );
        var up = await Rolling.RunAsync(cluster, RollingKind.Upgrade, "9.1");
        Assert.Equal(3, up.Kept.Length);
    }

    private sealed class KilledException : Exception;
}
