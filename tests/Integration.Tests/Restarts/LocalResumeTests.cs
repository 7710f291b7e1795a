using Slotwright.Core.Cluster;
using Slotwright.Integration.Tests.Support;
using Slotwright.Operations.Drills;
using Slotwright.Operations.Restarts;

namespace Slotwright.Integration.Tests.Restarts;

/// <summary>A replica that keeps an append-only file is restarted, and goes on from where it was.</summary>
public sealed class LocalResumeTests
{
    [Theory, MemberData(nameof(TestVersions.Chosen), MemberType = typeof(TestVersions))]
    public async Task Nothing_is_copied_again_and_every_crash_afterwards_finds_every_key(string version)
    {
        await using var cluster = await ResumeCluster.FormAsync(version);
        var before = await cluster.SyncsAsync();

        await cluster.Host.RestartAsync([cluster.Replica.Name], newAddress: false, kill: false, default);

        await cluster.WriteAsync(100);
        await cluster.ExpectAllAsync();
        var after = await cluster.SyncsAsync();
        Assert.Equal(before.Full, after.Full);
        Assert.NotEqual(before.Partial, after.Partial);

        await cluster.KillAsync(cluster.Primary, cluster.Replica);
        await cluster.Host.StartAsync(default);
        await cluster.ExpectAllAsync();
    }

    [Fact]
    public async Task Without_it_everything_is_copied_again()
    {
        await using var cluster = await ResumeCluster.FormAsync();
        cluster.Host.IsWithoutResume = true;
        var before = await cluster.SyncsAsync();
        await cluster.Host.RestartAsync([cluster.Replica.Name], newAddress: false, kill: false, default);
        await cluster.WriteAsync(100);
        Assert.NotEqual(before.Full, (await cluster.SyncsAsync()).Full);
    }

    [Fact]
    public async Task With_the_whole_shard_at_once_nobody_leaves_its_append_only_file()
    {
        await using var cluster = await ResumeCluster.FormAsync();
        string[] both = [cluster.Primary.Name, cluster.Replica.Name];
        await cluster.Host.RestartAsync([.. both], newAddress: false, kill: false, default);
        Assert.Contains("its primary does not answer", cluster.LogOfReplica);
        await cluster.ExpectAllAsync();
    }

    [Fact]
    public async Task A_primary_that_can_not_keep_what_is_missed_is_said_and_everything_is_copied()
    {
        await using var cluster = await ResumeCluster.FormAsync();
        await cluster.AskAsync(cluster.Primary, "CONFIG", "SET", "repl-backlog-size", "16kb");
        await cluster.WriteAsync(4000);
        await BecomesBusyAsync(cluster);
        var before = await cluster.SyncsAsync();
        await cluster.Host.RestartAsync([cluster.Replica.Name], newAddress: false, kill: false, default);
        Assert.Contains("it will copy everything from its primary", cluster.LogOfReplica);
        Assert.Contains("repl-backlog-size", cluster.LogOfReplica);
        await cluster.WriteAsync(100);
        await cluster.ExpectAllAsync();
        Assert.NotEqual(before.Full, (await cluster.SyncsAsync()).Full);
    }

    [Fact]
    public async Task For_an_operation_the_primary_keeps_more_meanwhile_and_no_more_afterwards()
    {
        await using var cluster = await ResumeCluster.FormAsync();
        var configured = await cluster.GetAsync(cluster.Primary, "repl-backlog-size");
        await cluster.AskAsync(cluster.Primary, "CONFIG", "SET", "repl-backlog-size", "16kb");
        var before = await cluster.SyncsAsync();
        var kept = "";
        await using var session = cluster.NewSession();
        var options = LoadOptions.Default with { Duration = TimeSpan.FromSeconds(5) };
        var load = new LoadRun(session, options, new Random()).RunAsync(new Progress<LoadSnapshot>(), default);
        await BecomesBusyAsync(cluster);

        var restart = new ResumeRestart(session, cluster.Host);
        var said = new List<string>();
        await restart.RunAsync(
            cluster.Replica,
            async ct =>
            {
                kept = await cluster.GetAsync(cluster.Primary, "repl-backlog-size");
                await cluster.Host.RestartAsync([cluster.Replica.Name], newAddress: false, kill: false, ct);
            },
            said.Add,
            default
        );

        Assert.Empty(said);
        Assert.True(long.Parse(kept, null) > 16384, kept);
        Assert.Equal(configured, await cluster.GetAsync(cluster.Primary, "repl-backlog-size"));
        Assert.Equal(before.Full, (await cluster.SyncsAsync()).Full);
        Assert.Equal((0L, default), ((await load).Ledger.Failed, (await load).Ledger.Found));
    }

    [Fact]
    public async Task A_snapshot_that_can_not_be_written_costs_a_copy_and_nothing_else()
    {
        await using var cluster = await ResumeCluster.FormAsync();
        File.Delete($"{cluster.DataOfReplica}/dump.rdb");
        Directory.CreateDirectory($"{cluster.DataOfReplica}/dump.rdb"); // nothing can be put in its place
        await cluster.Host.RestartAsync([cluster.Replica.Name], newAddress: false, kill: false, default);
        Assert.Contains("it does not go on from a snapshot", cluster.LogOfReplica);
        Directory.Delete($"{cluster.DataOfReplica}/dump.rdb");
        await cluster.WriteAsync(100);
        await cluster.ExpectAllAsync();
    }

    /// <summary>All pairs where all versions are wanted; else those that say most.</summary>
    public static TheoryData<string, string> Moments { get; } =
        TestVersions.AllWanted
            ? new MatrixTheoryData<string, string>(
                ["mark", "save", "start", "complete", "write", "unmark"],
                ["the program", "the member", "its primary", "both"]
            )
            : new TheoryData<string, string>
            {
                { "save", "both" },
                { "start", "both" },
                { "start", "its primary" },
                { "complete", "both" },
                { "complete", "the program" },
                { "write", "the member" },
                { "write", "both" },
                { "unmark", "both" },
            };

    /// <summary>The program ends with the hook in any case; what is killed besides varies.</summary>
    [Theory, MemberData(nameof(Moments))]
    public async Task Killed_at_any_step_no_acknowledged_write_is_lost_and_the_next_start_goes_on(
        string step,
        string killed
    )
    {
        await using var cluster = await ResumeCluster.FormAsync();
        await cluster.CutOffAtAsync(step == "write" ? "complete" : step);
        await cluster.WriteAsync(100, confirmed: false);
        if (step == "write")
        {
            await cluster.AskAsync(cluster.Replica, "CONFIG", "SET", "rdb-key-save-delay", "10000");
            await cluster.AskAsync(cluster.Replica, "CONFIG", "SET", "appendonly", "yes");
        }
        Member[] victims = killed switch
        {
            "the member" => [cluster.Replica],
            "its primary" => [cluster.Primary],
            "both" => [cluster.Primary, cluster.Replica],
            _ => [],
        };
        await cluster.KillAsync(victims);

        await cluster.Host.StartAsync(default);

        await cluster.ExpectAllAsync();
        await cluster.KillAsync(cluster.Primary, cluster.Replica);
        await cluster.Host.StartAsync(default);
        await cluster.ExpectAllAsync();
    }

    [Fact]
    public async Task While_its_file_is_not_whole_nobody_elects_it_and_afterwards_somebody_does()
    {
        await using var cluster = await ResumeCluster.FormAsync();
        await cluster.CutOffAtAsync("complete");
        Assert.True(
            await TestCluster.BecomesAsync(async () =>
                await cluster.FieldAsync(cluster.Replica, "replication", "master_link_status") == "up"
            )
        );
        Assert.True(cluster.IsResuming);
        foreach (var member in await cluster.Host.ListMembersAsync(default))
        {
            await cluster.AskAsync(member, "CONFIG", "SET", "cluster-node-timeout", "1000");
        }
        await cluster.KillAsync(cluster.Primary);
        Assert.True(
            await TestCluster.BecomesAsync(async () =>
                (await cluster.AskAsync(cluster.Replica, "CLUSTER", "NODES"))
                    .AsText()!
                    .Contains("master,fail ", StringComparison.Ordinal)
            )
        );
        Assert.False(await cluster.HasTakenOverAsync());

        await cluster.Host.StartMembersAsync([cluster.Replica.Name], default);

        Assert.True(await TestCluster.BecomesAsync(() => cluster.HasTakenOverAsync()));
        Assert.Equal("1", await cluster.FieldAsync(cluster.Replica, "persistence", "aof_enabled"));
    }

    /// <summary>The rate of writing is seen, which is measured ten times a second.</summary>
    private static async Task BecomesBusyAsync(ResumeCluster cluster) =>
        Assert.True(
            await TestCluster.BecomesAsync(async () =>
                await cluster.FieldAsync(cluster.Replica, "stats", "instantaneous_input_repl_kbps")
                    is [>= '1' and <= '9', not '.', ..]
            )
        );
}
