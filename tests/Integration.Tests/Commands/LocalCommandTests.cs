using System.Text.Json;
using Slotwright.Core.Cluster;
using Slotwright.Integration.Tests.Support;
using Slotwright.Local.Hosting;

namespace Slotwright.Integration.Tests.Commands;

/// <summary>Failures that are rehearsed by the verbs of <c>local</c>, and what <c>exec</c> says of them.</summary>
public sealed class LocalCommandTests
{
    [Theory]
    [MemberData(nameof(TestVersions.Chosen), MemberType = typeof(TestVersions))]
    public async Task Members_are_killed_paused_resumed_started_and_the_rest_is_still_asked(string version)
    {
        await using var cluster = await TestCluster.FormAsync(version);
        string[] zone = [cluster.Name(1), cluster.Name(4)];

        var kill = await cluster.RunAsync("local", "kill", "zone:az-b", "--format", "json");
        Assert.True(kill.ExitCode == 0, kill.ToString());
        Assert.Equal(zone, Names(kill));
        Assert.Equal(["stopped", "stopped"], Now(kill));
        Assert.Equal(zone, await StoppedAsync(cluster));

        var all = await cluster.RunAsync("exec", "--on", "all", "--", "PING");
        Assert.Equal(1, all.ExitCode);
        Assert.Contains($"{cluster.Name(0)}: PONG\n{zone[0]}: (no reply) ", all.Output);
        var one = await cluster.RunAsync("exec", "--on", zone[0], "--", "PING");
        Assert.Equal((1, ""), (one.ExitCode, one.Output));
        Assert.Contains($"slotwright local start {zone[0]}", one.Error);

        var again = await cluster.RunAsync("local", "kill", zone[0]);
        Assert.Equal(0, again.ExitCode);
        var start = await cluster.RunAsync("local", "start", zone[0], zone[1], "--format", "json");
        Assert.True(start.ExitCode == 0, start.ToString());
        Assert.Equal(["running", "running"], Now(start));
        Assert.Equal(["stopped", "stopped"], Was(start));

        var pause = await cluster.RunAsync("local", "pause", zone[0], "--format", "json");
        Assert.Equal(["paused"], Now(pause));
        var silent = await cluster.RunAsync("exec", "--on", "zone:az-b", "--format", "json", "--", "PING");
        Assert.Equal(1, silent.ExitCode);
        Assert.Contains("no answer within 2s", silent.Json[0].GetProperty("error").GetString());
        Assert.Equal("PONG", silent.Json[1].GetProperty("reply").GetString());
        var resume = await cluster.RunAsync("local", "resume", "zone:az-b", "--format", "json");
        Assert.Equal(["paused", "running"], Was(resume));
        Assert.Equal(["running", "running"], Now(resume));

        Assert.True(await TestCluster.BecomesAsync(async () => (await cluster.RunAsync("verify")).ExitCode != 1));
        var owner = (await cluster.TopologyAsync()).OwnerOf(0)!.Member!;
        var byOwner = await cluster.RunAsync("local", "kill", "slot:0", "--format", "json");
        Assert.Equal([owner], Names(byOwner));
    }

    [Theory]
    [MemberData(nameof(TestVersions.Chosen), MemberType = typeof(TestVersions))]
    public async Task What_does_not_run_can_not_be_paused_and_the_others_are(string version)
    {
        await using var cluster = await TestCluster.StartAsync(version);
        await cluster.KillAsync(cluster.Name(0));

        var one = await cluster.RunAsync("local", "pause", cluster.Name(0));
        Assert.Equal((1, ""), (one.ExitCode, one.Output));
        Assert.Contains($"slotwright local start {cluster.Name(0)}", one.Error);

        var both = await cluster.RunAsync("local", "pause", cluster.Name(0), cluster.Name(1), "--format", "json");
        Assert.Equal(1, both.ExitCode);
        Assert.Equal(["stopped", "paused"], Now(both));
        Assert.NotNull(both.Json.GetProperty("members")[0].GetProperty("error").GetString());

        var nobody = await cluster.RunAsync("local", "kill", cluster.Name(1), "valkey-9", "zone:az-x");
        Assert.Equal((64, ""), (nobody.ExitCode, nobody.Output));
        Assert.Contains("valkey-9", nobody.Error);
        Assert.Contains("az-x", nobody.Error);
        Assert.Equal([cluster.Name(0)], await StoppedAsync(cluster));
    }

    [Theory]
    [MemberData(nameof(TestVersions.Chosen), MemberType = typeof(TestVersions))]
    public async Task A_restart_ends_and_starts_members_under_new_addresses_where_asked(string version)
    {
        await using var cluster = await TestCluster.StartAsync(version);
        var runs = await RunsAsync(cluster);

        var plain = await cluster.RunAsync("local", "restart", cluster.Name(2), "--format", "json");
        Assert.True(plain.ExitCode == 0, plain.ToString());
        Assert.Equal([cluster.Name(2)], Names(plain));
        Assert.Equal("2", Changed(runs, await RunsAsync(cluster)));

        runs = await RunsAsync(cluster);
        var all = await cluster.RunAsync("local", "restart", "--new-address", "--kill", "--format", "json");
        Assert.True(all.ExitCode == 0, all.ToString());
        Assert.Equal("0 1 2 3 4 5", Changed(runs, await RunsAsync(cluster)));
        Assert.All(
            all.Json.GetProperty("members").EnumerateArray(),
            m => Assert.NotEqual(m.GetProperty("before").GetString(), m.GetProperty("address").GetString())
        );
        var status = await cluster.RunAsync("exec", "--on", "all", "--", "PING");
        Assert.Equal(0, status.ExitCode);
    }

    [Theory]
    [MemberData(nameof(TestVersions.Chosen), MemberType = typeof(TestVersions))]
    public async Task New_addresses_need_addresses_of_their_own_and_nothing_is_touched_without(string version)
    {
        await using var cluster = await TestCluster.StartAsync(
            new LocalSpec { Members = 3, ReplicasPerPrimary = 0 },
            version
        );
        var runs = await RunsAsync(cluster);
        var run = await cluster.RunAsync("local", "restart", "--new-address");
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("--own-addresses", run.Error);
        Assert.Empty(Changed(runs, await RunsAsync(cluster)));
    }

    [Theory]
    [MemberData(nameof(TestVersions.Chosen), MemberType = typeof(TestVersions))]
    public async Task The_list_shows_every_cluster_and_the_doctor_its_version(string version)
    {
        await using var cluster = await TestCluster.StartAsync(version);
        var list = await cluster.RunAsync("local", "list", "--format", "json");
        var only = Assert.Single(list.Json.GetProperty("clusters").EnumerateArray());
        Assert.Equal(
            ("valkey", 6, 6),
            (only.GetProperty("name").GetString(), Int(only, "members"), Int(only, "running"))
        );
        Assert.Contains("6 of 6", (await cluster.RunAsync("local", "list")).Output);

        var doctor = await Shell.RunAsync("bash", cluster.Root, "slotwright doctor --format json");
        var checks = doctor.Json.GetProperty("checks").EnumerateArray().ToArray();
        var told = Assert.Single(checks, c => c.GetProperty("code").GetString() == "cluster-versions");
        Assert.Contains($"run {version}.", told.GetProperty("what").GetString());
        Assert.All(checks, c => Assert.NotEqual("", c.GetProperty("what").GetString()));
        var verdicts = checks.Select(c => c.GetProperty("verdict").GetString()).ToArray();
        Assert.Equal(
            verdicts.Contains("unknown") ? 1
                : verdicts.Contains("failed") ? 2
                : 0,
            doctor.ExitCode
        );
    }

    [Theory]
    [MemberData(nameof(TestVersions.Chosen), MemberType = typeof(TestVersions))]
    public async Task A_server_that_is_told_to_shut_down_obeys(string version)
    {
        await using var cluster = await TestCluster.FormAsync(version);
        var replica = (await cluster.TopologyAsync()).Shards()[0].Replicas[0].Member!;
        Assert.Equal(3, (await cluster.RunAsync("exec", "--on", replica, "--", "SHUTDOWN")).ExitCode);
        Assert.Empty(await StoppedAsync(cluster));

        var run = await cluster.RunAsync("exec", "--on", replica, "--yes", "--", "SHUTDOWN", "NOSAVE");

        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.True(
            await TestCluster.BecomesAsync(async () =>
                (await StoppedAsync(cluster)) is [var stopped] && stopped == replica
            )
        );
    }

    private static int Int(JsonElement element, string name) => element.GetProperty(name).GetInt32();

    private static async Task<string[]> StoppedAsync(TestCluster cluster) =>
        [
            .. (await cluster.Host.ListMembersAsync(default))
                .Where(m => m.Phase == MemberPhase.Stopped)
                .Select(m => m.Name),
        ];

    private static async Task<string[]> RunsAsync(TestCluster cluster)
    {
        var run = await cluster.RunAsync("exec", "--on", "all", "--format", "json", "--", "INFO", "server");
        return
        [
            .. run
                .Json.EnumerateArray()
                .Select(r => r.GetProperty("reply").GetString()!)
                .Select(info => info.Split('\n').Single(l => l.StartsWith("run_id:", StringComparison.Ordinal))),
        ];
    }

    private static string Changed(string[] before, string[] after) =>
        string.Join(' ', Enumerable.Range(0, before.Length).Where(i => before[i] != after[i]));

    private static string[] Names(ProgramResult run) => Members(run, "member");

    private static string[] Was(ProgramResult run) => Members(run, "was");

    private static string[] Now(ProgramResult run) => Members(run, "is");

    private static string[] Members(ProgramResult run, string name) =>
        [.. run.Json.GetProperty("members").EnumerateArray().Select(m => m.GetProperty(name).GetString()!)];
}
