using Slotwright.Core.Cluster;
using Slotwright.Integration.Tests.Support;
using Slotwright.Local.Processes;

namespace Slotwright.Integration.Tests.Drills;

/// <summary>Each drill on real servers, with the ledger as judge.</summary>
public sealed class DrillTests
{
    private const int SigKill = 9;

    [Theory, MemberData(nameof(TestVersions.Chosen), MemberType = typeof(TestVersions))]
    public async Task A_killed_primary_is_replaced_and_brought_back_and_the_page_shows_it(string version)
    {
        await using var cluster = await DrillCluster.FormAsync(version: version);
        var drill = await cluster.DoneAsync("kill-primary", "--duration", "8s", "--report", cluster.Reports);

        Assert.Equal(
            (0, "kept"),
            (DrillCluster.Load(drill, "lostConfirmed"), drill.GetProperty("verdict").GetString())
        );
        Assert.InRange(DrillCluster.Load(drill, "confirmed"), 100, DrillCluster.Load(drill, "acknowledged") / 2);
        Assert.InRange(drill.GetProperty("load").GetProperty("longestGapMs").GetDouble(), 300, 8000);
        var events = DrillCluster.Events(drill);
        Assert.Contains($"{cluster.Cluster.Name(0)}: killed", events);
        Assert.Contains(
            events,
            e => e.Contains($"primary in place of {cluster.Cluster.Name(0)}", StringComparison.Ordinal)
        );
        Assert.Contains(events, e => e.Contains("as kubelet would have done", StringComparison.Ordinal));
        Assert.Contains($"{cluster.Cluster.Name(0)}: primary again (CLUSTER FAILOVER)", events);
        Assert.DoesNotContain("two-primaries", DrillCluster.Findings(drill));
        await cluster.IsAsItWasAsync();
        await DrillPageTest.LooksWellAsync($"{cluster.Reports}/kill-primary.html", "kill-primary");
    }

    [Theory, MemberData(nameof(TestVersions.Chosen), MemberType = typeof(TestVersions))]
    public async Task A_rolling_restart_hands_over_first_and_fails_nothing(string version)
    {
        await using var cluster = await DrillCluster.FormAsync(nodeTimeout: 15000, version);
        var drill = await cluster.DoneAsync(
            "rolling-restart",
            "--duration",
            "2s",
            "--rate",
            "500",
            "--max-failed",
            "0"
        );

        Assert.Equal("kept", drill.GetProperty("verdict").GetString());
        Assert.Equal(6, DrillCluster.Events(drill).Count(e => e.EndsWith(": restarts", StringComparison.Ordinal)));
        await cluster.AllRunAsync();
    }

    [Fact]
    public async Task An_upgrade_fails_nothing_keeps_its_way_back_and_is_not_done_twice()
    {
        await using var cluster = await DrillCluster.FormAsync(nodeTimeout: 15000, "8.1");
        string[] options = ["--valkey", "9.1", "--duration", "2s", "--rate", "500", "--max-failed", "0"];
        var drill = await cluster.DoneAsync("upgrade", options);

        Assert.Equal(("kept", 0), (drill.GetProperty("verdict").GetString(), DrillCluster.Load(drill, "lost")));
        Assert.Equal(["8.1", "8.1", "8.1", "9.1", "9.1", "9.1"], await Waves.Rolling.VersionsAsync(cluster.Cluster));
        await cluster.AllRunAsync();
        Assert.Equal(ExitCode.Refused, (await cluster.DrillAsync("upgrade", options)).ExitCode);
    }

    [Theory]
    [InlineData("upgrade")]
    [InlineData("kill-primary", "--valkey", "9.1")]
    [InlineData("meteorite")]
    public async Task What_cannot_be_meant_is_refused_before_anything_is_hurt(params string[] arguments)
    {
        var drill = await TestProgram.RunAsync("/nowhere", ["drill", .. arguments, "--yes"]);

        Assert.Equal(ExitCode.Usage, drill.ExitCode);
    }

    [Fact]
    public async Task A_killed_replica_makes_no_gap_and_loses_nothing_and_a_limit_that_is_broken_shows_in_the_exit_code()
    {
        await using var cluster = await DrillCluster.FormAsync(nodeTimeout: 15000);
        var drill = await cluster.DoneAsync("kill-replica", "--duration", "3s", "--max-failed", "0", "--max-gap", "2s");
        Assert.Equal(("kept", 0), (drill.GetProperty("verdict").GetString(), DrillCluster.Load(drill, "lost")));
        await cluster.IsAsItWasAsync();

        var broken = await cluster.DrillAsync("kill-replica", "--duration", "2s", "--rate", "30", "--max-gap", "1ms");
        Assert.Equal(ExitCode.Differences, broken.ExitCode);
        Assert.Contains("gap-too-long", DrillCluster.Findings(broken.Json));
    }

    /// <summary>Nothing fences a primary that wakes: what lay in its sockets is acknowledged, and seen.</summary>
    [Fact]
    public async Task A_primary_that_hung_acknowledges_what_lay_in_its_sockets_and_that_is_counted()
    {
        await using var cluster = await DrillCluster.FormAsync();
        var drill = await cluster.DoneAsync("pause-primary", "--duration", "8s");

        Assert.InRange(drill.GetProperty("acknowledgedByOldPrimary").GetInt64(), 1, 4 * 16);
        Assert.Equal(0, DrillCluster.Load(drill, "lostConfirmed"));
        Assert.Contains("acknowledged-by-old-primary", DrillCluster.Findings(drill));
        await cluster.IsAsItWasAsync();
    }

    [Fact]
    public async Task A_zone_goes_and_comes_back()
    {
        await using var cluster = await DrillCluster.FormAsync();
        var drill = await cluster.DoneAsync("zone-outage", "--duration", "8s");

        Assert.Equal(
            ("az-a", 2),
            (drill.GetProperty("zone").GetString(), drill.GetProperty("victims").GetArrayLength())
        );
        Assert.Equal(0, DrillCluster.Load(drill, "lostConfirmed"));
        await cluster.IsAsItWasAsync();
    }

    [Fact]
    public async Task All_members_come_back_elsewhere_and_the_load_finds_them()
    {
        await using var cluster = await DrillCluster.FormAsync(nodeTimeout: 15000);
        var before = (await cluster.Host.ListMembersAsync(default)).Select(m => m.Address).ToArray();
        var drill = await cluster.DoneAsync("whole-restart", "--duration", "2s", "--rate", "300");

        Assert.Equal((0, 0), (DrillCluster.Load(drill, "lost"), DrillCluster.Load(drill, "lostConfirmed")));
        Assert.Empty((await cluster.Host.ListMembersAsync(default)).Select(m => m.Address).Intersect(before));
        await cluster.IsAsItWasAsync();
    }

    /// <summary>The control of the fences: without agents nothing keeps the old primary from taking writes.</summary>
    [Fact]
    public async Task Without_a_fence_a_cut_primary_takes_writes_that_are_lost()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess && File.Exists(TestClients.Nft), "it needs root and nft");
        await using var cluster = await DrillCluster.FormAsync(nodeTimeout: 2000);
        var drill = await cluster.DoneAsync("partition", "--duration", "10s");

        Assert.True(DrillCluster.Load(drill, "lost") > 0);
        Assert.Equal(0, DrillCluster.Load(drill, "lostConfirmed"));
        Assert.Equal(0, await TablesAsync(cluster));
        await cluster.IsAsItWasAsync();
    }

    /// <summary>The control of what is counted as an old primary's: somebody forces a failover while it is cut off.</summary>
    [Fact]
    public async Task A_failover_that_is_forced_on_a_cut_primary_without_a_fence_shows_what_the_old_one_acknowledges()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess && File.Exists(TestClients.Nft), "it needs root and nft");
        await using var cluster = await DrillCluster.FormAsync(nodeTimeout: 15000);
        var drilling = cluster.DoneAsync("partition", "--duration", "10s");
        Assert.True(await TestCluster.BecomesAsync(async () => await TablesAsync(cluster) == 1));
        await cluster.AskAsync(4, "CLUSTER", "FAILOVER", "FORCE");
        var drill = await drilling;

        Assert.InRange(drill.GetProperty("acknowledgedByOldPrimary").GetInt64(), 10, DrillCluster.Load(drill, "lost"));
        Assert.Equal(0, DrillCluster.Load(drill, "lostConfirmed"));
        Assert.Contains("two-primaries", DrillCluster.Findings(drill));
        await cluster.IsAsItWasAsync();
    }

    /// <summary>The agents of the member that is cut off fence it before the others act; frozen, its agent does not.</summary>
    [Theory, InlineData(false), InlineData(true)]
    public async Task Agents_that_replace_who_is_cut_off_lose_nothing_unless_its_agent_freezes_at_that_moment(
        bool freezes
    )
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess && File.Exists(TestClients.Nft), "it needs root and nft");
        await using var cluster = await DrillCluster.FormAsync(nodeTimeout: 15000);
        await cluster.WithAgentsAsync();
        var drill = await cluster.DoneAsync(
            "partition",
            ["--duration", "20s", .. freezes ? new[] { "--freeze-agent" } : []]
        );

        var late = drill.GetProperty("acknowledgedByOldPrimary").GetInt64();
        Assert.True(freezes ? late > 0 : late == 0, $"{late} by the old primary");
        Assert.Equal(0, DrillCluster.Load(drill, "lostConfirmed"));
        var gap = drill.GetProperty("load").GetProperty("longestGapMs").GetDouble();
        Assert.True(freezes || gap is > 1000 and < 9000, $"{gap} ms without writes");
        await cluster.IsAsItWasAsync();
    }

    [Fact]
    public async Task A_cluster_that_is_not_well_is_not_hurt_any_more()
    {
        await using var cluster = await DrillCluster.FormAsync(nodeTimeout: 15000);
        await cluster.Host.KillAsync(cluster.Cluster.Name(5), default);

        var drill = await cluster.DrillAsync("kill-primary", "--duration", "2s");
        Assert.Equal(ExitCode.Refused, drill.ExitCode);
        Assert.Contains(cluster.Cluster.Name(5), drill.Error, StringComparison.Ordinal);
        Assert.Equal(MemberPhase.Running, (await cluster.Cluster.MemberAsync(0)).Phase);

        var partition = await TestProgram.RunAsync(
            cluster.Root,
            "drill",
            "kill-primary",
            "--target",
            "nodes:127.0.0.1:1"
        );
        Assert.Equal(ExitCode.Refused, partition.ExitCode);
    }

    [Fact]
    public async Task Nobody_who_could_not_be_asked_is_hurt()
    {
        await using var cluster = await DrillCluster.FormAsync(nodeTimeout: 15000);
        var drill = await cluster.Cluster.RunAsync([
            .. cluster.Arguments("kill-primary").SkipLast(1),
            "--duration",
            "2s",
        ]);

        Assert.Equal(ExitCode.Refused, drill.ExitCode);
        Assert.Contains("is killed (SIGKILL)", drill.Error, StringComparison.Ordinal);
        await cluster.IsAsItWasAsync();
    }

    [Fact]
    public async Task An_interrupted_drill_brings_back_what_it_hurt_and_is_judged()
    {
        await using var cluster = await DrillCluster.FormAsync(nodeTimeout: 15000);
        using var drill = TestProgram.Start(cluster.Root, [.. cluster.Arguments("pause-primary"), "--duration", "2m"]);
        try
        {
            var output = drill.StandardOutput.ReadToEndAsync();
            await PausedAsync(cluster);
            Assert.True(TestProgram.Interrupt(drill));
            await drill.WaitForExitAsync();

            Assert.Equal(ExitCode.Interrupted, drill.ExitCode);
            Assert.Contains("interrupted", await output, StringComparison.Ordinal);
            await cluster.IsAsItWasAsync();
        }
        finally
        {
            drill.Kill();
        }
    }

    [Fact]
    public async Task What_a_killed_drill_left_hurt_is_brought_back_by_the_next()
    {
        await using var cluster = await DrillCluster.FormAsync(nodeTimeout: 15000);
        using (var drill = TestProgram.Start(cluster.Root, [.. cluster.Arguments("pause-primary"), "--duration", "2m"]))
        {
            try
            {
                await PausedAsync(cluster);
                var other = await cluster.DrillAsync("kill-replica", "--duration", "2s");
                Assert.Equal(ExitCode.Refused, other.ExitCode); // one at a time
            }
            finally
            {
                Assert.Equal(0, Native.Kill(drill.Id, SigKill));
                await drill.WaitForExitAsync();
            }
        }
        Assert.Equal(MemberPhase.Paused, (await cluster.Cluster.MemberAsync(0)).Phase);

        var next = await cluster.DrillAsync("kill-replica", "--duration", "2s");
        Assert.True(next.ExitCode == ExitCode.Done, $"{next}");
        Assert.Contains($"{cluster.Cluster.Name(0)} may be paused", next.Error, StringComparison.Ordinal);
        await cluster.IsAsItWasAsync();
    }

    private static async Task PausedAsync(DrillCluster cluster) =>
        Assert.True(
            await TestCluster.BecomesAsync(async () =>
                (await cluster.Cluster.MemberAsync(0)).Phase == MemberPhase.Paused
            )
        );

    private static async Task<int> TablesAsync(DrillCluster cluster)
    {
        var tables = await ChildProcess.RunAsync(
            TestClients.Nft,
            ["list", "tables"],
            null,
            TimeProvider.System,
            default
        );
        var name = cluster.Host.Name["local:".Length..];
        return tables.Output.Split('\n').Count(l => l.EndsWith($"slotwright_drill_{name}", StringComparison.Ordinal));
    }
}
