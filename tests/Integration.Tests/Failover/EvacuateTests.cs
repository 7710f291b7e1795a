using System.Diagnostics;
using Slotwright.Core.Failures;
using Slotwright.Core.Planning.Failover;
using Slotwright.Integration.Tests.Local;
using Slotwright.Integration.Tests.Support;
using Slotwright.Local.Hosting;
using Slotwright.Operations.Observing;
using Slotwright.Operations.Running;

namespace Slotwright.Integration.Tests.Failover;

/// <summary><c>slotwright evacuate</c> and <c>restore-layout</c> on real servers, and hand-overs that are cut off.</summary>
public sealed class EvacuateTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_zone_is_left_and_the_layout_comes_back_and_no_write_fails(bool agents)
    {
        await using var cluster = await TestCluster.FormAsync();
        if (agents)
        {
            cluster.Host.AgentProgram = Path.Combine(AppContext.BaseDirectory, "slotwright");
            await cluster.Host.StartAgentsAsync(wanted: true, default);
        }
        try
        {
            var load = await UnderLoad.RunAsync(
                cluster,
                async () =>
                {
                    var left = await cluster.RunAsync("evacuate", "az-a", "--yes");
                    Assert.True(left.ExitCode == 0, left.ToString());
                    Assert.Equal(0, await PrimariesAsync(cluster, "az-a"));
                    Assert.Contains("slotwright restore-layout", left.Output);
                    Assert.Equal(0, (await cluster.RunAsync("evacuate", "az-a", "--dry-run")).ExitCode);
                    Assert.Contains("slotwright restore-layout", (await cluster.RunAsync("verify")).Output);

                    var back = await cluster.RunAsync("restore-layout", "--yes", "--format", "json");
                    Assert.True(back.ExitCode == 0, back.ToString());
                    Assert.Equal(1, back.Json.GetProperty("handOvers").GetArrayLength());
                }
            );
            Assert.Equal((0, 0), (load.Ledger.Failed + load.Ledger.FailedReads, load.Ledger.Found.Lost));
            Assert.Equal(0, (await cluster.RunAsync("verify")).ExitCode);
            Assert.Equal(0, (await cluster.RunAsync("restore-layout", "--dry-run")).ExitCode);
        }
        finally
        {
            if (agents)
            {
                await cluster.RunAsync("down", "--force");
            }
        }
    }

    [Fact]
    public async Task What_can_not_leave_is_a_finding_and_so_is_a_zone_that_there_is_not()
    {
        await using var cluster = await TestCluster.StartAsync(
            new LocalSpec
            {
                OwnAddresses = true,
                Members = 3,
                ReplicasPerPrimary = 0,
            }
        );
        await cluster.BootstrapAsync();
        var stays = await cluster.RunAsync("evacuate", "az-b", "--yes");
        Assert.Equal(2, stays.ExitCode);
        Assert.Contains("it stays primary in az-b: it has no replica", stays.Output);
        var nowhere = await cluster.RunAsync("evacuate", "az-x", "--yes");
        Assert.Equal(64, nowhere.ExitCode);
        Assert.Contains("az-a, az-b, az-c", nowhere.Error);
    }

    [Fact]
    public async Task Killed_half_way_and_run_again_it_finishes()
    {
        await using var cluster = await TestCluster.StartAsync(
            new LocalSpec
            {
                OwnAddresses = true,
                Members = 20,
                Zones = 2,
            }
        );
        await cluster.BootstrapAsync();
        Assert.True(await PrimariesAsync(cluster, "az-a") >= 5);
        using (var process = TestProgram.Start(cluster.Root, "evacuate", "az-a", "--yes"))
        {
            for (var stages = 0; stages < 2; )
            {
                var line = await process.StandardError.ReadLineAsync();
                Assert.NotNull(line);
                stages += line.EndsWith(" ...", StringComparison.Ordinal) ? 1 : 0;
            }
            process.Kill();
            await process.WaitForExitAsync();
        }
        Assert.InRange(await PrimariesAsync(cluster, "az-a"), 0, 4); // with bad luck its last hand-over was through

        var again = await cluster.RunAsync("evacuate", "az-a", "--yes");
        Assert.True(again.ExitCode == 0, again.ToString());
        Assert.Equal(0, await PrimariesAsync(cluster, "az-a"));
        Assert.Equal(0, (await cluster.RunAsync("restore-layout", "--yes")).ExitCode);
        Assert.Equal(0, (await cluster.RunAsync("verify")).ExitCode);
    }

    [Fact]
    public async Task A_primary_that_dies_as_it_hands_over_is_replaced_by_the_same_command_run_again()
    {
        await using var cluster = await TestCluster.FormAsync();
        var shard = (await cluster.TopologyAsync()).Shards()[0];
        var wish = new FailoverWish("slot:0", shard.Replicas[0].Member, MayTakeOver: false);
        Assert.True(
            await TestCluster.BecomesAsync(async () =>
                (await cluster.TopologyAsync()).Find(shard.Replicas[0].Id)!.Offset > 0
            )
        );
        var options = new ChangeOptions
        {
            Hooks = new RunHooks { StageStarts = _ => Kill(cluster, shard.Primary.Member!) },
        };
        await using (var session = new ClusterSession(cluster.Host, null, TimeProvider.System))
        {
            var operation = new ChangeOperation(
                session,
                "failover",
                o => FailoverPlanner.Plan(o.Topology, wish),
                options
            );
            var failure = await Assert.ThrowsAsync<OperationFailedException>(() => operation.RunAsync(default));
            Assert.Contains(shard.Primary.Member!, failure.Message);
        }
        var again = await cluster.RunAsync("failover", "slot:0", "--to", wish.To!, "--yes");
        Assert.True(again.ExitCode == 0, again.ToString());
        Assert.Equal(shard.Replicas[0].Id, (await cluster.TopologyAsync()).OwnerOf(0)!.Id);
        var done = await cluster.RunAsync("failover", "slot:0", "--to", wish.To!, "--yes");
        Assert.Equal((0, "failover: nothing to do\n"), (done.ExitCode, done.Output));
    }

    private static void Kill(TestCluster cluster, string member)
    {
        using var process = Process.GetProcessById(LocalSandbox.RecordedPid($"{cluster.Root}/local/valkey/{member}"));
        process.Kill();
    }

    private static async Task<int> PrimariesAsync(TestCluster cluster, string zone)
    {
        var topology = await cluster.TopologyAsync();
        return topology.Shards().Count(s => topology.ZoneOf(s.Primary) == zone);
    }
}
