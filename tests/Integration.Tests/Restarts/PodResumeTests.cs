using Slotwright.Integration.Tests.Pods;
using Slotwright.Integration.Tests.Support;
using Slotwright.Valkey.Resp;

namespace Slotwright.Integration.Tests.Restarts;

/// <summary>Pods that keep append-only files are restarted as the kubelet does it: preStop, TERM, start, probes.</summary>
public sealed class PodResumeTests
{
    /// <summary>For each key, in microseconds: a shard of these tests has about 33 keys.</summary>
    private const string SlowSave = "3000000";

    public static TheoryData<string> Versions { get; } =
    [.. TestVersions.AllWanted ? TestVersions.All : ["9.1", "8.1"]];

    [Theory, MemberData(nameof(Versions))]
    public async Task Each_pod_in_turn_restarts_and_nothing_is_copied_again(string version)
    {
        await using var pods = await PodSandbox.FormAsync(version);
        var keys = await WriteAsync(pods);
        foreach (var pod in pods.Pods.Reverse())
        {
            var hook = await pod.RunAsync("prestop");
            Assert.Contains("after its restart it will resume", hook.Error);
            Assert.Equal(0, await pod.TermAsync());
            await pod.UpAsync();
            await pod.BecomesReadyAsync();
            await ExpectCompleteAsync(pod);
        }
        Assert.All(await FullSyncsAsync(pods), count => Assert.Equal("sync_full:0", count)); // of servers that are all new
        Assert.Equal(keys, await CountAsync(pods));

        await Task.WhenAll(pods.Pods.Select(p => p.KillAsync()));
        await Task.WhenAll(pods.Pods.Select(p => p.UpAsync()));
        Assert.True(await TestCluster.BecomesAsync(async () => await CountAsync(pods) == keys));
    }

    [Fact]
    public async Task Without_the_snapshot_everything_is_copied_again()
    {
        await using var pods = await PodSandbox.FormAsync();
        await WriteAsync(pods);
        var before = await FullSyncsAsync(pods);
        var replica = pods.Pods[3];
        Assert.Equal(0, (await replica.RunAsync("prestop")).ExitCode);
        await replica.SetAsync("shutdown-on-sigterm", "nosave force");
        Assert.Equal(0, await replica.TermAsync());
        await replica.UpAsync();
        await replica.BecomesReadyAsync();
        Assert.Contains("it does not go on from a snapshot", replica.Log);
        Assert.NotEqual(before[0], (await FullSyncsAsync(pods))[0]);
        await ExpectCompleteAsync(replica);
    }

    [Fact]
    public async Task A_save_that_the_grace_period_has_no_time_for_is_left_out_and_said()
    {
        await using var pods = await PodSandbox.FormAsync();
        var keys = await WriteAsync(pods);
        var replica = pods.Pods[3];
        replica.Set("SLOTWRIGHT_GRACE_PERIOD", "3"); // a server that has nothing to save takes one of them
        var hook = await replica.RunAsync("prestop");
        Assert.Contains("after its restart it will copy everything from its primary: saving", hook.Error);
        Assert.Contains("of the grace period", hook.Error);
        Assert.Equal(0, await replica.TermAsync());
        await replica.UpAsync();
        await replica.BecomesReadyAsync();
        Assert.True(await TestCluster.BecomesAsync(async () => await CountAsync(pods) == keys));
    }

    [Fact]
    public async Task It_is_ready_when_its_append_only_file_is_whole_and_is_handed_nothing_before()
    {
        await using var pods = await PodSandbox.FormAsync();
        await WriteAsync(pods);
        var (primary, replica) = (pods.Pods[0], pods.Pods[3]);
        await LeaveAsync(replica);
        Assert.True(await TestCluster.BecomesAsync(() => IsLinkedAsync(replica)));
        await replica.SetAsync("rdb-key-save-delay", SlowSave);
        Assert.Equal(
            (false, "not ready: it has resumed from its snapshot, and keeps no append-only file yet"),
            await replica.ReadinessAsync()
        );
        Assert.Equal(
            (false, "not ready: it has resumed from its snapshot, and writes its append-only file"),
            await replica.ReadinessAsync()
        );
        Assert.Contains("slave,nofailover", (await primary.SendAsync("CLUSTER", "NODES")).AsText());

        await primary.SendAsync("CONFIG", "RESETSTAT");
        var hook = primary.RunAsync("prestop");
        // at its third look it has decided at least once
        Assert.True(await TestCluster.BecomesAsync(async () => await LooksAsync(primary) > 2 || hook.IsCompleted));
        Assert.False(hook.IsCompleted);
        await replica.SetAsync("rdb-key-save-delay", "0");
        await replica.SetAsync("appendonly", "no"); // what is being written goes on as slowly, or ends
        await replica.BecomesReadyAsync();
        var said = (await hook).Error;
        Assert.Contains("it waits: it is a primary, and no replica in sync has written its append-only file yet", said);
        Assert.Contains("it hands over to vk-3", said);
        Assert.True(await replica.IsPrimaryAsync());
    }

    [Fact]
    public async Task With_no_time_to_wait_the_shard_is_handed_over_all_the_same()
    {
        await using var pods = await PodSandbox.FormAsync();
        await WriteAsync(pods);
        await LeaveAsync(pods.Pods[3]);
        Assert.True(await TestCluster.BecomesAsync(() => IsLinkedAsync(pods.Pods[3])));
        pods.Pods[0].Set("SLOTWRIGHT_GRACE_PERIOD", "9");
        // its name may not have come round yet
        Assert.Contains("it hands over to ", (await pods.Pods[0].RunAsync("prestop")).Error);
        Assert.True(await pods.Pods[3].IsPrimaryAsync());
        await pods.Pods[3].BecomesReadyAsync();
        await ExpectCompleteAsync(pods.Pods[3]);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Killed_before_its_file_is_whole_it_goes_on_from_the_snapshot_again(bool isWriting, bool both)
    {
        await using var pods = await PodSandbox.FormAsync();
        var keys = await WriteAsync(pods);
        var (primary, replica) = (pods.Pods[0], pods.Pods[3]);
        await LeaveAsync(replica);
        Assert.True(await TestCluster.BecomesAsync(() => IsLinkedAsync(replica)));
        if (isWriting)
        {
            await replica.SetAsync("rdb-key-save-delay", SlowSave);
            Assert.False((await replica.ReadinessAsync()).Ready);
        }
        keys += await WriteAsync(pods, "more");
        await Task.WhenAll(replica.KillAsync(), both ? primary.KillAsync() : Task.CompletedTask);
        await Task.WhenAll(replica.UpAsync(), both ? primary.UpAsync() : Task.CompletedTask);
        await replica.BecomesReadyAsync();
        await ExpectCompleteAsync(replica);
        Assert.True(await TestCluster.BecomesAsync(async () => await CountAsync(pods) == keys));
        await replica.KillAsync();
        await replica.UpAsync();
        await replica.BecomesReadyAsync();
        Assert.True(await TestCluster.BecomesAsync(async () => await CountAsync(pods) == keys));
    }

    /// <summary>How often somebody has asked it for the nodes that it knows.</summary>
    private static async Task<long> LooksAsync(TestPod pod) =>
        CommandStats.Calls((await pod.SendAsync("INFO", "commandstats")).AsText()!, "cluster|nodes");

    /// <summary>Its server runs again, from its snapshot; no probe has looked at it yet.</summary>
    private static async Task LeaveAsync(TestPod replica)
    {
        Assert.Contains("after its restart it will resume", (await replica.RunAsync("prestop")).Error);
        Assert.Equal(0, await replica.TermAsync());
        await replica.UpAsync();
        Assert.Contains("phase resuming", replica.Read("data/resume"));
    }

    private static async Task ExpectCompleteAsync(TestPod pod)
    {
        Assert.False(File.Exists(pod.PathOf("data/resume")));
        Assert.Equal("yes", await pod.GetAsync("appendonly"));
        Assert.Equal("no", await pod.GetAsync("cluster-replica-no-failover"));
    }

    private static async Task<bool> IsLinkedAsync(TestPod pod) =>
        (await pod.SendAsync("INFO", "replication")).AsText()!.Contains("master_link_status:up");

    private static async Task<string[]> FullSyncsAsync(PodSandbox pods) =>
        await Task.WhenAll(
            pods.Pods.Select(async p =>
                (await p.SendAsync("INFO", "stats"))
                    .AsText()!
                    .Split("\r\n")
                    .Single(l => l.StartsWith("sync_full:", StringComparison.Ordinal))
            )
        );

    /// <summary>To all shards; confirmed by their replicas.</summary>
    /// <returns>How many keys a member of each shard has more, in all.</returns>
    private static async Task<long> WriteAsync(PodSandbox pods, string prefix = "key")
    {
        var written = 0L;
        foreach (var pod in pods.Pods)
        {
            for (var i = 0; i < 100; i++)
            {
                written += await pod.SendAsync("SET", $"{prefix}-{i}", "kept") is RespValue.Simple ? 1 : 0;
            }
            await pod.SendAsync("WAIT", "1", "5000");
        }
        Assert.Equal(100, written);
        return written * 2;
    }

    /// <summary>Over all members that answer.</summary>
    private static async Task<long> CountAsync(PodSandbox pods) =>
        (await Task.WhenAll(pods.Pods.Select(p => p.SendAsync("DBSIZE")))).Sum(r =>
            (r as RespValue.Integer)?.Value ?? 0
        );
}
