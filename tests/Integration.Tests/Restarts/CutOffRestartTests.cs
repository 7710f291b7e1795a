using Slotwright.Core.Planning.Waves;
using Slotwright.Integration.Tests.Support;
using Slotwright.Integration.Tests.Waves;

namespace Slotwright.Integration.Tests.Restarts;

/// <summary>A restart was killed when its member had no append-only file yet: nobody may count on that member until it has.</summary>
public sealed class CutOffRestartTests
{
    [Fact]
    public async Task Verify_says_it_and_up_finishes_it()
    {
        await using var cluster = await CutOffAsync();
        var said = await cluster.Cluster.RunAsync("verify");
        Assert.Equal(2, said.ExitCode);
        Assert.Contains("it keeps no append-only file, though it is configured to", said.Output);
        await cluster.Host.StartAsync(default);
        said = await cluster.Cluster.RunAsync("verify");
        Assert.True(said.ExitCode == 0, $"{said}");
    }

    [Fact]
    public async Task A_rolling_restart_run_again_finishes_it_before_it_hands_over()
    {
        await using var cluster = await CutOffAsync();
        await Rolling.RunAsync(cluster.Cluster, RollingKind.Restart);
        await DieTogetherAsync(cluster);
        await cluster.ExpectAllAsync();
    }

    [Fact]
    public async Task A_failover_to_it_finishes_it_before()
    {
        await using var cluster = await CutOffAsync();
        var said = await cluster.Cluster.RunAsync(
            "failover",
            cluster.Primary.Name,
            "--to",
            cluster.Replica.Name,
            "--yes"
        );
        Assert.True(said.ExitCode == 0, $"{said}");
        await DieTogetherAsync(cluster);
        await cluster.ExpectAllAsync();
    }

    [Fact]
    public async Task Where_nobody_can_finish_it_the_shard_is_not_handed_to_it()
    {
        await using var cluster = await CutOffAsync();
        var said = await cluster.Cluster.RunAsync(
            "--target",
            $"nodes:{cluster.Primary.Address}",
            "--password-file",
            $"{cluster.Cluster.Root}/local/{cluster.Host.Name["local:".Length..]}/password",
            "failover",
            "slot:0",
            "--yes"
        );
        Assert.Equal(1, said.ExitCode);
        Assert.Contains("it has no whole append-only file", said.Error);
        Assert.Contains("slotwright up finishes its restart", said.Error);
    }

    /// <summary>Both members had those writes, and only the other one's file has them.</summary>
    [Fact]
    public async Task Handed_to_it_by_hand_what_it_acknowledged_is_found_in_its_replica_s_file()
    {
        await using var cluster = await HandedByHandAsync();
        await DieTogetherAsync(cluster);
        await cluster.ExpectAllAsync();
    }

    /// <summary>The control: without the fence what it then acknowledges is gone.</summary>
    [Fact]
    public async Task Handed_to_it_by_hand_and_started_without_a_look_at_the_others_acknowledged_writes_are_lost()
    {
        await using var cluster = await HandedByHandAsync();
        cluster.Host.IsWithoutGuards = true;
        await DieTogetherAsync(cluster);
        Assert.InRange(await cluster.MissingAsync(cluster.Replica), 1000, int.MaxValue);
    }

    private static async Task<ResumeCluster> HandedByHandAsync()
    {
        var cluster = await CutOffAsync();
        await cluster.AskAsync(cluster.Replica, "CLUSTER", "FAILOVER");
        Assert.True(await TestCluster.BecomesAsync(() => cluster.HasTakenOverAsync()));
        return cluster;
    }

    private static async Task<ResumeCluster> CutOffAsync()
    {
        var cluster = await ResumeCluster.FormAsync();
        await cluster.CutOffAtAsync("complete");
        Assert.True(
            await TestCluster.BecomesAsync(async () =>
                await cluster.FieldAsync(cluster.Replica, "replication", "master_link_status") == "up"
                && (await cluster.Cluster.ObserveAsync()).Views.All(v => v.Report!.Peers.All(p => p.Linked))
            )
        );
        Assert.Equal("0", await cluster.FieldAsync(cluster.Replica, "persistence", "aof_enabled"));
        return cluster;
    }

    /// <summary>More is written, then both are killed and started.</summary>
    private static async Task DieTogetherAsync(ResumeCluster cluster)
    {
        await cluster.WriteAsync(1000, await cluster.HasTakenOverAsync() ? cluster.Replica : cluster.Primary);
        await cluster.KillAsync(cluster.Primary, cluster.Replica);
        await cluster.Host.StartAsync(default);
    }
}
