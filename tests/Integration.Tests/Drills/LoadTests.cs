using Slotwright.Core.Drills;
using Slotwright.Core.Failures;
using Slotwright.Core.Health;

namespace Slotwright.Integration.Tests.Drills;

/// <summary>Crimes that a cluster survives. Each run has shards without a crime as its control.</summary>
public sealed class LoadTests(LoadCluster cluster) : IClassFixture<LoadCluster>
{
    [Fact]
    public async Task On_a_healthy_cluster_every_shard_is_written_nothing_is_lost_and_nothing_stays()
    {
        var result = await cluster.LoadAsync(LoadCluster.Options with { WaitReplicas = 1 });

        var ledger = result.Ledger;
        Assert.Equal((3, default(RingCounts), 0L), (ledger.Shards.Length, ledger.Found, ledger.Failed));
        Assert.All(ledger.Shards, s => Assert.InRange(s.Acknowledged, 500, 700));
        Assert.Equal(2000, ledger.Attempted + ledger.Reads);
        Assert.InRange(ledger.Confirmed, ledger.Acknowledged * 9 / 10, ledger.Acknowledged);
        Assert.Equal(Verdict.Ok, result.Judge(LedgerLimits.Default).Outcome);
        Assert.Equal((0, 0), (result.KeysLeft, await cluster.KeysLeftAsync(result.Run)));
    }

    [Fact]
    public async Task A_shard_that_is_flushed_has_lost_its_writes_and_no_other_has()
    {
        var (primary, _) = await cluster.ShardAsync(1);
        var result = await cluster.LoadAsync(deed: _ => cluster.SendAsync(primary, "FLUSHALL"));

        var shards = result.Ledger.Shards;
        Assert.True(shards[1].Found.Lost > 100, $"{shards[1].Found}");
        Assert.Equal((default(RingCounts), default), (shards[0].Found, shards[2].Found));
        Assert.Equal(Verdict.Failed, result.Judge(LedgerLimits.Default).Outcome);
        Assert.Equal(0, await cluster.KeysLeftAsync(result.Run));
    }

    [Fact]
    public async Task Writes_that_a_server_refuses_are_counted_by_its_reason()
    {
        var (primary, _) = await cluster.ShardAsync(1);
        try
        {
            var result = await cluster.LoadAsync(deed: _ =>
                cluster.SendAsync(primary, "CONFIG", "SET", "maxmemory", "1mb")
            );

            var shards = result.Ledger.Shards;
            Assert.Equal([new(FailureReason.Oom, shards[1].Failed)], shards[1].Failures.AsEnumerable());
            Assert.True(shards[1].Failed > 100, $"{shards[1].Failed}");
            Assert.Empty(shards[0].Failures);
        }
        finally
        {
            await cluster.SendAsync(primary, "CONFIG", "SET", "maxmemory", "1gb");
        }
    }

    [Fact]
    public async Task One_key_that_is_deleted_is_found()
    {
        var (primary, _) = await cluster.ShardAsync(0);
        var result = await cluster.LoadAsync(deed: async run =>
        {
            await cluster.SendAsync(primary, "DEL", (await cluster.KeysAsync(primary, run.Name))[0]);
        });

        Assert.InRange(result.Ledger.Found.Lost, 1, 20);
    }

    [Fact]
    public async Task One_write_that_is_taken_back_is_found()
    {
        var (primary, _) = await cluster.ShardAsync(0);
        var result = await cluster.LoadAsync(deed: async run =>
        {
            var key = (await cluster.KeysAsync(primary, run.Name))[0];
            await cluster.SendAsync(primary, "SETRANGE", key, "0", new string('\0', 64));
            run.Finish();
        });

        Assert.Equal(new RingCounts(1, 0, 0, 0, 0, 0), result.Ledger.Found);
    }

    [Fact]
    public async Task A_paused_primary_makes_a_gap_and_loses_nothing()
    {
        var (primary, _) = await cluster.ShardAsync(2);
        var result = await cluster.LoadAsync(
            LoadCluster.Options with
            {
                Duration = TimeSpan.FromSeconds(3),
            },
            async _ => await cluster.SendAsync(primary, "CLIENT", "PAUSE", "700", "ALL")
        );

        Assert.Equal(default, result.Ledger.Found);
        Assert.InRange(result.Ledger.Shards[2].LongestGap.Length.TotalMilliseconds, 600, 1500);
        var verdict = result.Judge(LedgerLimits.Default with { MaxGap = TimeSpan.FromMilliseconds(500) });
        Assert.Equal(Verdict.Failed, verdict.Outcome);
        Assert.Contains(verdict.Findings, f => f.Subject == $"slots {result.Ledger.Shards[2].Slots}");
    }

    [Fact]
    public async Task A_failover_by_hand_loses_nothing()
    {
        var (primary, replica) = await cluster.ShardAsync(0);
        var result = await cluster.LoadAsync(deed: _ => cluster.SendAsync(replica, "CLUSTER", "FAILOVER"));

        Assert.NotEqual(primary.Name, (await cluster.ShardAsync(0)).Primary.Name);
        Assert.Equal((default(RingCounts), 0L), (result.Ledger.Found, result.Ledger.Failed));
    }

    [Fact]
    public async Task Two_loads_at_once_do_not_meet()
    {
        var results = await Task.WhenAll(cluster.LoadAsync(), cluster.LoadAsync());

        Assert.All(results, r => Assert.Equal(default, r.Ledger.Found));
        Assert.NotEqual(results[0].Run, results[1].Run);
    }

    [Fact]
    public async Task A_load_that_is_interrupted_is_judged_and_deletes_its_keys()
    {
        using var stop = new CancellationTokenSource();
        var kept = 0;
        var start = TimeProvider.System.GetTimestamp();
        var result = await cluster.LoadAsync(
            LoadCluster.Options with
            {
                Duration = TimeSpan.FromHours(1),
            },
            async _ =>
            {
                kept = await cluster.KeysLeftAsync();
                await stop.CancelAsync();
            },
            stop.Token
        );

        Assert.InRange(TimeProvider.System.GetElapsedTime(start).TotalSeconds, 0, 20);
        Assert.True(result is { IsInterrupted: true, Ledger.Acknowledged: > 0 });
        Assert.Equal(Verdict.Ok, result.Judge(LedgerLimits.Default).Outcome);
        Assert.True(kept >= 300);
        Assert.Equal((0, 0), (result.KeysLeft, await cluster.KeysLeftAsync(result.Run)));
    }

    [Fact]
    public async Task A_shard_that_hangs_until_after_the_end_is_not_judged_and_holds_up_nothing()
    {
        var (primary, _) = await cluster.ShardAsync(0);
        var result = await cluster.LoadAsync(
            LoadCluster.Options with
            {
                ReadBackPatience = TimeSpan.FromSeconds(1),
            },
            async _ => await cluster.SendAsync(primary, "CLIENT", "PAUSE", "6000", "ALL")
        );

        var shards = result.Ledger.Shards;
        Assert.True(shards[0].Found.Unjudged > 0, $"{shards[0].Found}");
        Assert.Equal((default(RingCounts), default), (shards[1].Found, shards[2].Found));
        Assert.Equal(Verdict.Unknown, result.Judge(LedgerLimits.Default).Outcome);
    }

    [Fact]
    public async Task A_load_that_would_not_fit_is_refused_before_anything_is_written()
    {
        var (primary, _) = await cluster.ShardAsync(0);
        var before = await cluster.GetAsync(primary, "maxmemory");
        await cluster.SetAsync(primary, "maxmemory", "4mb");
        try
        {
            var e = await Assert.ThrowsAsync<RefusedException>(() =>
                cluster.LoadAsync(LoadCluster.Options with { ValueSize = 60_000 })
            );

            Assert.Equal(primary.Name, Assert.Single(e.Findings).Subject);
        }
        finally
        {
            await cluster.SetAsync(primary, "maxmemory", before);
        }
    }
}
