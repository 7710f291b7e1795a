using Slotwright.Integration.Tests.Support;
using Slotwright.Valkey.Parsing;
using Slotwright.Valkey.Resp;

namespace Slotwright.Integration.Tests.Pods;

/// <summary>What the kubelet is told, in each state that a member can be in.</summary>
public sealed class ProbeTests
{
    [Fact]
    public async Task Before_its_server_listens_nothing_is_well()
    {
        await using var pods = await PodSandbox.StartAsync(0);
        var pod = pods.Add();
        Assert.Equal("no sign of life: connection refused\n", (await pod.RunAsync("probe", "startup")).Output);
        Assert.Equal((false, "not ready: connection refused"), await pod.ReadinessAsync());
    }

    [Theory, MemberData(nameof(TestVersions.Chosen), MemberType = typeof(TestVersions))]
    public async Task The_quick_way_says_the_same_as_the_command(string version)
    {
        await using var pods = await PodSandbox.StartAsync(1, version);
        foreach (var kind in new[] { "startup", "liveness", "readiness" })
        {
            var result = await pods.Pods[0].RunAsync("probe", kind);
            using var program = pods.Pods[0].StartProgram("probe", kind);
            Assert.Equal(result.Output, await program.StandardOutput.ReadToEndAsync());
            await program.WaitForExitAsync();
            Assert.Equal((0, 0), (result.ExitCode, program.ExitCode));
        }
    }

    [Fact]
    public async Task A_server_that_hangs_shows_no_sign_of_life()
    {
        await using var pods = await PodSandbox.StartAsync(1);
        var pod = pods.Pods[0];
        pod.Stop();
        Assert.Equal("no sign of life: no answer within 2 s\n", (await pod.RunAsync("probe", "liveness")).Output);
        pod.Continue();
        Assert.Equal(0, (await pod.RunAsync("probe", "liveness")).ExitCode);
    }

    [Fact]
    public async Task A_busy_script_is_alive_but_not_ready()
    {
        await using var pods = await PodSandbox.StartAsync(1, config: PodSandbox.Config + "busy-reply-threshold 50\n");
        var pod = pods.Pods[0];
        await using var busy = await pod.ConnectAsync();
        var script = busy.SendAsync(RespCommand.Of("EVAL", "while true do end", "0"), default);
        await BecomesAsync(pod, (false, "not ready: a script keeps it busy"));
        Assert.Equal("alive: it answers\n", (await pod.RunAsync("probe", "liveness")).Output);
        await pod.SendAsync("SCRIPT", "KILL");
        await script;
        Assert.True((await pod.ReadinessAsync()).Ready);
    }

    [Theory, MemberData(nameof(TestVersions.Chosen), MemberType = typeof(TestVersions))]
    public async Task A_server_that_loads_is_alive_but_not_ready(string version)
    {
        const string Slow = "key-load-delay 10000\nloading-process-events-interval-bytes 1024\n";
        await using var pods = await PodSandbox.StartAsync(1, version);
        var pod = pods.Pods[0];
        await pod.SendAsync("CLUSTER", "ADDSLOTSRANGE", "0", "16383");
        await pod.BecomesReadyAsync();
        await pod.SendAsync(
            "EVAL",
            "for i = 1, 1000 do server.call('SET', '{a}' .. i, string.rep('x', 200)) end",
            "1",
            "{a}"
        );
        await pod.SendAsync("BGREWRITEAOF");
        Assert.True(
            await TestCluster.BecomesAsync(async () =>
                (await pod.SendAsync("INFO", "persistence")).AsText()!.Contains("aof_rewrite_in_progress:0\r\n")
            )
        );
        await pod.TermAsync();
        pod.Write("chart-config/valkey.conf", PodSandbox.Config + Slow);
        await pod.UpAsync();
        Assert.Equal("alive: it answers\n", (await pod.RunAsync("probe", "liveness")).Output);
        Assert.Equal((false, "not ready: it is loading its data"), await pod.ReadinessAsync());
    }

    [Fact]
    public async Task A_wrong_password_is_named_and_is_no_reason_to_restart()
    {
        await using var pods = await PodSandbox.StartAsync(1);
        var pod = pods.Pods[0];
        pod.Write("etc/slotwright/auth/default", "another");
        await pod.SetAsync("requirepass", "a third");
        Assert.Equal((false, "not ready: it wants another password than the Secret's"), await pod.ReadinessAsync());
        Assert.Equal("alive: it answers\n", (await pod.RunAsync("probe", "liveness")).Output);
    }

    [Theory, MemberData(nameof(TestVersions.Chosen), MemberType = typeof(TestVersions))]
    public async Task A_replica_is_judged_by_its_own_link_and_not_by_a_primary_that_failed(string version)
    {
        await using var pods = await PodSandbox.FormAsync(version, PodSandbox.Config + "cluster-node-timeout 2000\n");
        var (primary, replica) = (pods.Pods[0], pods.Pods[3]);
        Assert.Equal((true, "ready: replica in sync"), await replica.ReadinessAsync());
        Assert.Equal((true, "ready: primary"), await primary.ReadinessAsync());

        await replica.SetAsync("primaryauth", "wrong");
        await replica.SendAsync("CLIENT", "KILL", "TYPE", "primary");
        await BecomesAsync(replica, (false, "not ready: its link to its primary is down"));
        await replica.SetAsync("primaryauth", PodSandbox.Password);
        await BecomesAsync(replica, (true, "ready: replica in sync"));

        await replica.SetAsync("cluster-replica-no-failover", "yes");
        await primary.KillAsync();
        await BecomesAsync(replica, (true, "ready: replica; its primary has failed"));
    }

    [Fact]
    public async Task Trouble_of_another_shard_makes_nobody_unready()
    {
        await using var pods = await PodSandbox.FormAsync(
            config: PodSandbox.Config + "cluster-node-timeout 2000\ncluster-require-full-coverage yes\n"
        );
        await pods.Pods[0].KillAsync();
        await pods.Pods[3].KillAsync();
        await BecomesAsync(pods.Pods[1], (true, "ready: primary; it says cluster_state:fail"));
        Assert.Equal((true, "ready: replica in sync; it says cluster_state:fail"), await pods.Pods[4].ReadinessAsync());

        await pods.Pods[1].TermAsync();
        await pods.Pods[1].UpAsync();
        await pods.Pods[1].BecomesReadyAsync();
    }

    [Theory, MemberData(nameof(TestVersions.Chosen), MemberType = typeof(TestVersions))]
    public async Task A_member_that_lost_its_volume_is_not_ready_and_one_that_never_was_is(string version)
    {
        await using var pods = await PodSandbox.FormAsync(version);
        var lost = pods.Pods[3];
        var id = await lost.IdAsync();
        await lost.KillAsync();
        lost.Wipe();
        await lost.UpAsync();
        Assert.NotEqual(id, await lost.IdAsync());
        Assert.Equal(
            (
                false,
                $"not ready: the cluster knows {lost.Hostname} as another node, {id.Short}: this one is new and empty"
            ),
            await lost.ReadinessAsync()
        );

        var seventh = pods.Add();
        await seventh.UpAsync();
        Assert.Equal(
            (true, $"ready: bootstrap pending: the cluster never had {seventh.Hostname}"),
            await seventh.ReadinessAsync()
        );
    }

    [Fact]
    public async Task A_member_without_a_volume_whose_Secret_was_changed_is_not_ready()
    {
        await using var pods = await PodSandbox.FormAsync();
        var pod = pods.Pods[3];
        await pod.KillAsync();
        pod.Wipe();
        pod.Write("etc/slotwright/auth/default", "another");
        await pod.UpAsync();
        Assert.Equal(
            (false, "not ready: 5 of its peers refuse the password that it was given"),
            await pod.ReadinessAsync()
        );
    }

    [Fact]
    public async Task Before_a_cluster_is_formed_all_members_are_ready_so_that_an_install_can_go_on()
    {
        await using var pods = await PodSandbox.StartAsync(3);
        foreach (var pod in pods.Pods)
        {
            Assert.Equal(
                (true, "ready: bootstrap pending: no member knows a formed cluster"),
                await pod.ReadinessAsync()
            );
        }
        await pods.Pods[0].SendAsync("CLUSTER", "MEET", pods.Pods[1].Address.Host, "6379");
        await pods.Pods[0].SendAsync("CLUSTER", "ADDSLOTSRANGE", "0", "8000");
        Assert.All(
            await Task.WhenAll(pods.Pods.Select(p => p.ReadinessAsync())),
            r => Assert.Equal((true, "ready: bootstrap pending: no member knows a formed cluster"), r)
        );
    }

    [Theory, MemberData(nameof(TestVersions.Chosen), MemberType = typeof(TestVersions))]
    public async Task Clients_are_told_hostnames(string version)
    {
        await using var pods = await PodSandbox.FormAsync(version);
        var moved = await pods.Pods[1].SendAsync("SET", "in-slot-of-another", "1");
        var redirected =
            moved is RespValue.Error ? moved : await pods.Pods[0].SendAsync("SET", "in-slot-of-another", "1");
        Assert.Matches(
            $@"^MOVED \d+ vk-[0-2]\.{PodSandbox.Service}:6379$",
            Assert.IsType<RespValue.Error>(redirected).Text
        );
        var shards = ClusterShardsParser.Parse(await pods.Pods[0].SendAsync("CLUSTER", "SHARDS"), []);
        Assert.Equal(
            pods.Pods.Select(p => (p.Hostname, p.Hostname)).Order(),
            shards.SelectMany(s => s.Nodes).Select(n => (n.Hostname, n.Endpoint)).Order()
        );
    }

    private static async Task BecomesAsync(TestPod pod, (bool Ready, string Line) expected)
    {
        (bool, string) seen = default;
        var became = await TestCluster.BecomesAsync(async () => (seen = await pod.ReadinessAsync()) == expected);
        Assert.True(became, $"{pod.Hostname} says {seen}, not {expected}");
    }
}
