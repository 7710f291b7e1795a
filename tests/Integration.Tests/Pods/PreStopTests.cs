using Slotwright.Integration.Tests.Support;
using Slotwright.Operations.Drills;
using Slotwright.Valkey.Resp;

namespace Slotwright.Integration.Tests.Pods;

/// <summary>How members go. Each way is followed by TERM, as the kubelet sends it.</summary>
public sealed class PreStopTests
{
    [Theory, MemberData(nameof(TestVersions.Chosen), MemberType = typeof(TestVersions))]
    public async Task A_primary_that_goes_under_load_fails_no_write(string version)
    {
        await using var pods = await PodSandbox.FormAsync(version);
        var result = await LoadAsync(
            pods,
            async () =>
            {
                var hook = await pods.Pods[0].RunAsync("prestop");
                Assert.True(hook.ExitCode == 0, $"{hook}");
                Assert.Contains("it hands over to vk-3: its one replica in sync", hook.Error);
                Assert.Equal(0, await pods.Pods[0].TermAsync());
            }
        );
        Assert.Equal((0L, default), (result.Ledger.Failed, result.Ledger.Found));
        Assert.True(await pods.Pods[3].IsPrimaryAsync());
        await pods.Pods[0].UpAsync();
        await pods.Pods[0].BecomesReadyAsync();
        Assert.False(await pods.Pods[0].IsPrimaryAsync());
    }

    [Theory, MemberData(nameof(TestVersions.Chosen), MemberType = typeof(TestVersions))]
    public async Task Without_the_hook_writes_fail(string version)
    {
        await using var pods = await PodSandbox.FormAsync(version);
        await pods.Pods[0].SetAsync("shutdown-on-sigterm", "default"); // from 9.0 the net under the hook
        var result = await LoadAsync(pods, () => pods.Pods[0].TermAsync());
        Assert.InRange(result.Ledger.Failed, 100, long.MaxValue);
    }

    [Theory, MemberData(nameof(TestVersions.Chosen), MemberType = typeof(TestVersions))]
    public async Task A_replica_that_writes_its_first_append_only_file_goes_all_the_same(string version)
    {
        await using var pods = await PodSandbox.FormAsync(version);
        for (var i = 0; i < 60; i++)
        {
            await pods.Pods[1].SendAsync("SET", $"{{c}}{i}", "x"); // slot 7365
        }
        var replicas = new[] { pods.Pods[3], pods.Pods[5] };
        foreach (var replica in replicas)
        {
            await replica.SetAsync("rdb-key-save-delay", "1000000");
            await replica.SetAsync("repl-diskless-load", "swapdb"); // else 9.1 makes the received snapshot its first file
            await replica.SendAsync("CLUSTER", "REPLICATE", $"{await pods.Pods[1].IdAsync()}");
            Assert.True(
                await TestCluster.BecomesAsync(async () =>
                    (await replica.SendAsync("INFO", "persistence")).AsText()!.Contains("aof_rewrite_in_progress:1")
                )
            );
        }
        await replicas[0].SetAsync("rdb-key-save-delay", "0"); // what is being written goes on as slowly
        var hook = await replicas[0].RunAsync("prestop");
        Assert.Equal(0, hook.ExitCode);
        Assert.Equal(0, await replicas[0].TermAsync());

        replicas[1].Terminate();
        Assert.True(
            await TestCluster.BecomesAsync(() =>
                Task.FromResult(replicas[1].Log.Contains("Writing initial AOF, can't exit"))
            ),
            $"{hook}\n{replicas[0].Log}\n{replicas[1].Log}"
        );
    }

    [Theory, MemberData(nameof(TestVersions.Chosen), MemberType = typeof(TestVersions))]
    public async Task The_last_in_sync_waits_for_a_peer(string version)
    {
        await using var pods = await PodSandbox.FormAsync(version);
        await pods.Pods[3].KillAsync();
        var hook = pods.Pods[0].RunAsync("prestop");
        await TestCluster.BecomesAsync(async () =>
            (await pods.Pods[0].SendAsync("CLIENT", "LIST")).AsText()!.Contains("cmd=info")
        );
        Assert.False(hook.IsCompleted);
        await pods.Pods[3].UpAsync();
        Assert.Contains("it waits: it is a primary, and none of its replicas is in sync", (await hook).Error);
        // 8.0 learns the announced name of one that has just come back later than that it is in sync
        var names = version == "8.0" ? $"(vk-3|{pods.Pods[3].Address})" : "vk-3";
        Assert.Matches($"it hands over to {names}:", (await hook).Error);
        Assert.True(await pods.Pods[3].IsPrimaryAsync());
    }

    [Theory, MemberData(nameof(TestVersions.Chosen), MemberType = typeof(TestVersions))]
    public async Task A_replica_that_the_others_have_no_link_to_is_waited_for(string version)
    {
        await using var pods = await PodSandbox.FormAsync(version);
        await ForgetAsync(pods.Pods[3], pods.Pods[1], pods.Pods[2]);
        pods.Pods[0].Set("SLOTWRIGHT_GRACE_PERIOD", "20");
        var said = (await pods.Pods[0].RunAsync("prestop")).Error;
        // from 8.0 on who was told to forget tells others: the primary itself may have forgotten it by then
        Assert.True(
            said.Contains("it waits: it is a primary, and most others have no link", StringComparison.Ordinal)
                || said.Contains("it waits: it is a primary, and its view has no replica", StringComparison.Ordinal),
            said
        );
    }

    [Theory, MemberData(nameof(TestVersions.Chosen), MemberType = typeof(TestVersions))]
    public async Task Told_all_the_same_it_would_be_elected_by_nobody(string version)
    {
        await using var pods = await PodSandbox.FormAsync(version);
        await ForgetAsync(pods.Pods[3], pods.Pods[1], pods.Pods[2]);
        await pods.Pods[3].SendAsync("CLUSTER", "FAILOVER");
        Assert.True(
            await TestCluster.BecomesAsync(() =>
                Task.FromResult(pods.Pods[3].Log.Contains("Manual failover timed out", StringComparison.Ordinal))
            ),
            pods.Pods[3].Log
        );
        Assert.False(await pods.Pods[3].IsPrimaryAsync());
    }

    [Theory, MemberData(nameof(TestVersions.Chosen), MemberType = typeof(TestVersions))]
    public async Task A_replica_on_its_way_out_takes_over_from_nobody_and_its_primary_waits_until_it_is_back(
        string version
    )
    {
        await using var pods = await PodSandbox.FormAsync(version);
        var (primary, replica) = (pods.Pods[0], pods.Pods[3]);
        Assert.Contains("it goes: it is a replica", (await replica.RunAsync("prestop")).Error);
        Assert.StartsWith(
            "NOPERM",
            Assert.IsType<RespValue.Error>(await replica.SendAsync("CLUSTER", "FAILOVER", "FORCE")).Text
        );
        await replica.SendAsync("ACL", "LOG", "RESET");
        var hook = primary.RunAsync("prestop");
        Assert.True(
            await TestCluster.BecomesAsync(async () =>
                await replica.SendAsync("ACL", "LOG") is RespValue.Array { Items: [_, ..] }
            )
        );
        Assert.False(hook.IsCompleted);
        Assert.Equal(0, await replica.TermAsync());
        await replica.UpAsync();
        await replica.BecomesReadyAsync();
        var said = (await hook).Error;
        Assert.Contains("vk-3 takes over from nobody: it is on its way out too, and is waited for", said);
        Assert.Contains("vk-3 has taken over", said);
        Assert.True(await replica.IsPrimaryAsync());
    }

    [Fact]
    public async Task A_replica_that_did_not_refuse_would_be_elected_on_its_way_out()
    {
        await using var pods = await PodSandbox.FormAsync();
        await pods.Pods[3].RunAsync("prestop");
        await AllowTakeoverAsync(pods.Pods[3]);
        Assert.Contains("vk-3 has taken over", (await pods.Pods[0].RunAsync("prestop")).Error);
        Assert.True(await pods.Pods[3].IsPrimaryAsync());
    }

    [Theory]
    [InlineData("appendonly yes\nsave \"\"\n", "without a snapshot")]
    [InlineData("appendonly no\nsave \"\"\n", "with a snapshot")]
    public async Task The_last_that_finds_no_peer_keeps_its_data_and_keeps_to_its_time(string config, string end)
    {
        await using var pods = await PodSandbox.FormAsync(config: config);
        var pod = pods.Pods[0];
        var key = await KeyOfAsync(pod);
        await pods.Pods[3].KillAsync();
        pod.Set("SLOTWRIGHT_GRACE_PERIOD", "5");
        var start = TimeProvider.System.GetTimestamp();
        var hook = await pod.RunAsync("prestop");
        Assert.InRange(TimeProvider.System.GetElapsedTime(start).TotalSeconds, 1, 10); // a busy machine is late
        Assert.Equal(0, hook.ExitCode);
        Assert.Contains("none of its replicas has come into sync in time", hook.Error);
        Assert.Contains(end, hook.Error);
        Assert.Equal(0, await pod.TermAsync());
        await pod.UpAsync();
        await TestCluster.BecomesAsync(async () => (await pod.SendAsync("GET", key)).AsText() == "kept");
        Assert.Equal("kept", (await pod.SendAsync("GET", key)).AsText());
    }

    [Fact]
    public async Task A_replica_goes_at_once_and_resumes_from_the_snapshot_that_it_leaves()
    {
        await using var pods = await PodSandbox.FormAsync(config: "appendonly no\nsave 900 1\n");
        var replica = pods.Pods[3];
        var hook = await replica.RunAsync("prestop");
        Assert.Contains("it goes: it is a replica", hook.Error);
        Assert.Contains("with a snapshot", hook.Error);
        await replica.TermAsync();
        await replica.UpAsync();
        await replica.BecomesReadyAsync();
        Assert.Contains("Partial resynchronization", replica.Log);
    }

    [Theory, MemberData(nameof(TestVersions.Chosen), MemberType = typeof(TestVersions))]
    public async Task A_second_hand_over_comes_about_or_is_told_to_be_refused(string version)
    {
        await using var pods = await PodSandbox.FormAsync(version);
        var (a, b) = (pods.Pods[0], pods.Pods[3]);
        foreach (var (from, to) in new[] { (a, b), (b, a) })
        {
            var said = (await from.RunAsync("prestop")).Error;
            Assert.True(said.Contains("has taken over", StringComparison.Ordinal), said);
            await from.BecomesReadyAsync();
            await to.BecomesReadyAsync();
            await AllowTakeoverAsync(from); // which its end would have done
        }
        var again = await a.RunAsync("prestop");
        Assert.Equal(0, again.ExitCode);
        if (version == "8.0")
        {
            Assert.Contains("refuses another of the same primary for twice the node timeout", again.Error);
            Assert.True(await a.IsPrimaryAsync());
        }
        else
        {
            Assert.Contains("has taken over", again.Error);
        }
    }

    [Theory]
    [InlineData(3, 4)]
    [InlineData(4, 3)]
    public async Task Of_two_replicas_the_one_that_keeps_the_zones_even_takes_over(int keeps, int breaks)
    {
        await using var pods = await PodSandbox.FormAsync([0, 0]);
        foreach (var (pod, zone) in new[] { (0, "az-a"), (1, "az-b"), (2, "az-c"), (keeps, "az-a"), (breaks, "az-b") })
        {
            await pods.Pods[pod].SetAsync("availability-zone", zone);
        }
        var hook = await pods.Pods[0].RunAsync("prestop");
        Assert.True(
            hook.Error.Contains(
                $"it hands over to vk-{keeps}: the foremost of its replicas that keep the zones even",
                StringComparison.Ordinal
            ),
            $"{hook.Error}\n{pods.Pods[keeps].Log}"
        );
        Assert.True(await pods.Pods[keeps].IsPrimaryAsync());
    }

    [Fact]
    public async Task A_server_whose_CONFIG_is_renamed_hands_over_all_the_same()
    {
        await using var pods = await PodSandbox.FormAsync();
        await pods.Pods[0].TermAsync();
        pods.Pods[0].Write("chart-config/valkey.conf", PodSandbox.Config + "rename-command CONFIG \"\"\n");
        await pods.Pods[0].UpAsync();
        await pods.Pods[0].BecomesReadyAsync();
        await pods.Pods[0].SendAsync("CLUSTER", "FAILOVER"); // back from vk-3, which took over at TERM
        Assert.True(await TestCluster.BecomesAsync(pods.Pods[0].IsPrimaryAsync));
        var hook = await pods.Pods[0].RunAsync("prestop");
        Assert.Contains("vk-3 has taken over", hook.Error);
        Assert.Contains("the server ends by TERM, as it is configured", hook.Error);
    }

    [Fact]
    public async Task A_member_without_slots_and_a_server_that_is_gone_stop_nobody()
    {
        await using var pods = await PodSandbox.StartAsync(1);
        var hook = await pods.Pods[0].RunAsync("prestop");
        Assert.Contains("it goes: it owns no slots", hook.Error);
        await pods.Pods[0].KillAsync();
        hook = await pods.Pods[0].RunAsync("prestop");
        Assert.Equal(0, hook.ExitCode);
        Assert.Contains("connection refused", hook.Error);
    }

    [Fact]
    public async Task A_server_that_hangs_does_not_hold_the_hook_beyond_the_grace_period()
    {
        await using var pods = await PodSandbox.StartAsync(1);
        var pod = pods.Pods[0];
        pod.Set("SLOTWRIGHT_GRACE_PERIOD", "2");
        pod.Stop();
        var hook = await pod.RunAsync("prestop");
        pod.Continue();
        Assert.Equal(0, hook.ExitCode);
        Assert.Contains("the grace period of 2 s is over", hook.Error);
    }

    private static async Task<LoadResult> LoadAsync(PodSandbox pods, Func<Task> deed)
    {
        await using var session = pods.NewSession();
        return await PodLoad.RunAsync(session, TimeSpan.FromSeconds(4), deed);
    }

    private static Task<RespValue> AllowTakeoverAsync(TestPod pod) =>
        pod.SendAsync("ACL", "SETUSER", "default", "+cluster|failover");

    /// <summary>A key of the member's, with the value <c>kept</c>.</summary>
    private static async Task<string> KeyOfAsync(TestPod pod)
    {
        for (var i = 0; ; i++)
        {
            if (await pod.SendAsync("SET", $"key-{i}", "kept") is RespValue.Simple)
            {
                return $"key-{i}";
            }
        }
    }

    private static async Task ForgetAsync(TestPod forgotten, params TestPod[] pods)
    {
        foreach (var pod in pods)
        {
            await pod.SendAsync("CLUSTER", "FORGET", $"{await forgotten.IdAsync()}");
        }
    }
}
