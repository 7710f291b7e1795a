using Slotwright.Core.Cluster;
using Slotwright.Core.Drills;
using Slotwright.Core.Health;
using Slotwright.Operations.Drills;
using Slotwright.Operations.Running;

namespace Slotwright.Integration.Tests.Drills;

/// <summary>A primary dies under load, with and without what it acknowledged having reached its replica.</summary>
public sealed class DeadPrimaryTests(LoadCluster cluster) : IClassFixture<LoadCluster>
{
    [Fact]
    public async Task A_dead_primarys_replica_takes_over_and_all_that_wait_had_confirmed_is_there()
    {
        await cluster.HastenAsync();
        var (primary, replica) = await cluster.ShardAsync(0);
        var result = await cluster.LoadAsync(
            LoadCluster.Options with
            {
                Duration = TimeSpan.FromSeconds(15),
                WaitReplicas = 1,
            },
            async run => await KillAsync(primary, replica, run)
        );

        var shard = result.Ledger.Shards[0];
        Assert.Equal((0, 0), (shard.Found.LostConfirmed, shard.Found.Unjudged));
        Assert.True(shard.Confirmed > 100);
        Assert.InRange(shard.LongestGap.Length.TotalSeconds, 0.3, 10);
        Assert.Equal((default(RingCounts), default), (result.Ledger.Shards[1].Found, result.Ledger.Shards[2].Found));
    }

    [Fact]
    public async Task What_a_dead_primary_alone_had_is_found_lost_but_none_of_what_wait_had_confirmed()
    {
        await cluster.HastenAsync();
        var (primary, replica) = await cluster.ShardAsync(1);
        var alone = 0L;
        var result = await cluster.LoadAsync(
            LoadCluster.Options with
            {
                Duration = TimeSpan.FromSeconds(15),
                WaitReplicas = 1,
            },
            async run =>
            {
                await cluster.SetAsync(replica, "primaryauth", "wrong");
                await cluster.SendAsync(replica, "CLIENT", "KILL", "TYPE", "primary");
                var before = await cluster.WritesAsync(primary);
                await Wait.UntilAsync(
                    async _ => await cluster.WritesAsync(primary) > before + 200,
                    TimeSpan.FromSeconds(5),
                    TimeProvider.System,
                    default
                );
                await cluster.SendAsync(primary, "CLIENT", "PAUSE", "10000", "WRITE");
                alone = await cluster.WritesAsync(primary) - before;
                await KillAsync(primary, replica, run);
            }
        );

        var found = result.Ledger.Shards[1].Found;
        Assert.InRange(found.Lost, alone - 2, alone + 50); // some it wrote between the cut and the first count
        Assert.Equal((0, 0, 0), (found.LostConfirmed, found.Unjudged, found.Foreign));
        Assert.Equal((default(RingCounts), default), (result.Ledger.Shards[0].Found, result.Ledger.Shards[2].Found));
        Assert.Equal(Verdict.Ok, result.Judge(LedgerLimits.Default).Outcome);
        Assert.Equal(
            Verdict.Failed,
            Referee.Judge(result.Ledger with { WaitReplicas = 0 }, LedgerLimits.Default).Outcome
        );
    }

    /// <summary>Ends the run when the replica has taken over.</summary>
    private async Task KillAsync(Member primary, Member replica, LoadRun run)
    {
        await cluster.Host.KillAsync(primary.Name, default);
        var before = await cluster.WritesAsync(replica);
        await Wait.UntilAsync(
            async _ => await cluster.WritesAsync(replica) > before + 100,
            TimeSpan.FromSeconds(10),
            TimeProvider.System,
            default
        );
        run.Finish();
    }
}
