using System.Collections.Immutable;
using Slotwright.Core.Drills;
using Slotwright.Core.Health;
using Slotwright.Core.Observing;
using Slotwright.Operations.Observing;
using Slotwright.Operations.Running;
using Slotwright.Valkey.Commands;

namespace Slotwright.Chart.Tests.Rehearsal;

/// <summary>A release's life: the pods that helm rendered, run as processes with real servers.</summary>
[Collection(RehearsalCollection.Name)]
public sealed class RehearsalTests
{
    private const string SecretName = "prod-valkey-cluster-auth";
    private const string SecretKey = "default";
    private const string NoAgents = "agent.enabled=false";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_fresh_install_is_ready_before_its_bootstrap_and_has_a_primary_in_each_zone_after_it()
    {
        await using var rehearsal = await PodRehearsal.StartAsync();
        var rendering = await Rendering.OfAsync("maxmemoryPercent=75", "auth.passwordEnv=true");

        await rehearsal.BeginInstallAsync(rendering);
        Assert.All(rehearsal.Pods, p => Assert.Contains("bootstrap pending", p.ReadyLine));
        Assert.Equal(32, rehearsal.Secret(SecretName)!.Data[SecretKey].Length);

        await rehearsal.BootstrapAsync(rendering);
        await using var session = Session(rehearsal);
        Assert.All(await ChecksAsync(session), c => Assert.True(c.Verdict == Verdict.Ok, $"{c}"));
        var topology = (await session.ObserveAsync(default)).Topology;
        Assert.Equal(
            ["az-a", "az-b", "az-c"],
            topology.Shards().Select(s => topology.ZoneOf(s.Primary)).Order(StringComparer.Ordinal)
        );
        foreach (var member in topology.Members.Values)
        {
            var node = await session.ConnectAsync(member, default);
            Assert.Equal($"{12L << 30}", await node.ConfigGetAsync("maxmemory", default)); // of the limit of 16Gi
        }
        await NoLongerPendingAsync(rehearsal);

        await rehearsal.TestAsync(rendering);
        Assert.Empty(rehearsal.Trouble);
    }

    [Fact]
    public async Task A_rolling_update_under_load_fails_nothing_and_without_preStop_it_does()
    {
        await using var rehearsal = await PodRehearsal.StartAsync(newAddress: ordinal => ordinal % 2 == 1);
        await rehearsal.InstallAsync(await Rendering.OfAsync(NoAgents)); // agents replace whom preStop did not hand over
        await NoLongerPendingAsync(rehearsal);
        var before = rehearsal.Pods;

        var rolled = await LoadAsync(
            rehearsal,
            async () => await rehearsal.UpgradeAsync(await Rendering.OfAsync(NoAgents, "valkeyLogLevel=verbose"))
        );

        Assert.Empty(rehearsal.Pods.Intersect(before));
        Assert.Empty(rehearsal.Trouble);
        Assert.Equal(
            (0L, 0L, default(RingCounts)),
            (rolled.Failed, rolled.Shards.Sum(s => s.FailedReads), rolled.Found)
        );
        Assert.True(rolled.Acknowledged > 1000);
        await using var session = Session(rehearsal);
        Assert.Empty(Formed.Missing(await session.ObserveAsync(default))); // a lone replica is no choice of zones
        Assert.Equal(3, before.Zip(rehearsal.Pods).Count(p => p.First.Pod.Status.PodIP != p.Second.Pod.Status.PodIP));

        await using var client = Session(rehearsal);
        var control = await RehearsedLoad.RunAsync(
            client,
            failed => RestartAPrimaryWithoutHandOverAsync(rehearsal, session, failed)
        );
        Assert.True(control.Failed > 0);
        Assert.True(rolled.WorstGap!.LongestGap.Length < control.WorstGap!.LongestGap.Length);
    }

    [Fact]
    public async Task Six_members_become_eight_and_nobody_restarts_or_stops_being_ready()
    {
        await using var rehearsal = await PodRehearsal.StartAsync();
        await rehearsal.InstallAsync(await Rendering.OfAsync());
        await NoLongerPendingAsync(rehearsal);
        var before = rehearsal.Pods;
        await using var session = Session(rehearsal);
        var owned = Owned(await session.ObserveAsync(default));

        await rehearsal.UpgradeAsync(await Rendering.OfAsync("replicaCount=8"));

        Assert.Equal(before, rehearsal.Pods.Take(6));
        Assert.Equal(8, rehearsal.Pods.Count);
        await rehearsal.AllReadyAsync();
        var observation = await session.ObserveAsync(default);
        Assert.Empty(Formed.Missing(observation));
        Assert.Equal(owned, Owned(observation));
        Assert.All(
            rehearsal.Pods,
            p => Assert.Contains(observation.Topology.Nodes, n => n.Member == p.Name && n.Joined)
        );
        Assert.Equal(2, observation.Topology.Primaries.Count(n => n.Slots.IsEmpty));
        Assert.Empty(rehearsal.Trouble);
    }

    [Fact]
    public async Task An_upgrade_that_would_bring_another_engine_unasked_stops_before_anything_is_changed()
    {
        await using var rehearsal = await PodRehearsal.StartAsync();
        await rehearsal.InstallAsync(await Rendering.OfAsync());
        var before = rehearsal.Pods;

        // the chart's own engine is another than the one that runs
        var refusal = await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(async () =>
            await rehearsal.UpgradeAsync(await Rendering.OfAsync("image.tag=", "valkeyLogLevel=verbose"))
        );

        Assert.Contains("Job prod-valkey-cluster-check failed", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("image.tag is not set", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("image.tag: 9.1", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, rehearsal.Pods);
        Assert.Empty(rehearsal.Trouble);
    }

    [Fact]
    public async Task A_bootstrap_that_was_killed_half_way_is_finished_by_the_next()
    {
        await using var rehearsal = await PodRehearsal.StartAsync();
        var rendering = await Rendering.OfAsync();
        await rehearsal.BeginInstallAsync(rendering);
        await using var session = Session(rehearsal);

        var job = await rehearsal.BeginBootstrapAsync(rendering);
        Assert.True(
            await BecomesAsync(async () =>
                (await session.ObserveAsync(default)).Topology.Nodes.Any(n => !n.Slots.IsEmpty)
            ),
            job.Log
        );
        await job.KillAsync();
        Assert.NotEmpty(Formed.Missing(await session.ObserveAsync(default)));
        await rehearsal.AllReadyAsync();

        await rehearsal.UpgradeAsync(rendering);
        Assert.All(await ChecksAsync(session), c => Assert.True(c.Verdict == Verdict.Ok, $"{c}"));
        foreach (var member in await session.Target.ListMembersAsync(default))
        {
            var node = await session.ConnectAsync(member, default);
            Assert.Equal("15000", await node.ConfigGetAsync("cluster-node-timeout", default));
        }
        await NoLongerPendingAsync(rehearsal);
        Assert.Empty(rehearsal.Trouble);
    }

    [Fact]
    public async Task A_Secret_that_is_changed_from_outside_locks_no_member_out()
    {
        await using var rehearsal = await PodRehearsal.StartAsync();
        await rehearsal.InstallAsync(await Rendering.OfAsync());
        await NoLongerPendingAsync(rehearsal);
        var secret = rehearsal.Secret(SecretName)!;
        secret.Data[SecretKey] = "changed from outside"u8.ToArray();
        rehearsal.Api.Put(secret);

        await rehearsal.RestartAsync(5);
        await rehearsal.AllReadyAsync();

        Assert.Equal("ready: replica in sync; its password is not the Secret's", rehearsal.Pods[5].ReadyLine);
        Assert.Contains("5 of 5 other members accept only the one on the volume", rehearsal.Pods[5].Log);
        Assert.Empty(rehearsal.Trouble);
    }

    [Theory]
    [InlineData("prepare-config", "auth", "the password can't be read")]
    [InlineData("valkey", "slotwright", "No such file")]
    [InlineData("valkey", "data", "the init container prepare-config writes it")]
    public async Task A_mount_that_the_chart_forgets_is_found(string container, string volume, string words)
    {
        await using var rehearsal = await PodRehearsal.StartAsync();
        var rendering = await Rendering.OfAsync();
        var pod = rendering.StatefulSet.Spec.Template.Spec;
        var mounts = pod.InitContainers.Concat(pod.Containers).Single(c => c.Name == container).VolumeMounts;
        Assert.True(mounts.Remove(mounts.Single(m => m.Name == volume)));
        var trouble = await Assert.ThrowsAnyAsync<Exception>(() => rehearsal.BeginInstallAsync(rendering));
        Assert.Contains(words, trouble.Message);
    }

    [Fact]
    public async Task Kernel_tuning_is_the_first_init_container_where_it_is_enabled()
    {
        var pod = (await Rendering.OfAsync("kernelTuning.enabled=true")).StatefulSet.Spec.Template.Spec;
        Assert.Equal(["/slotwright", "pod", "kernel-tuning", "--sys", "/host-sys"], pod.InitContainers[0].Command);
        Assert.Equal("/host-sys", Assert.Single(pod.InitContainers[0].VolumeMounts).MountPath);
        Assert.Equal("/sys", pod.Volumes.Single(v => v.Name == "host-sys").HostPath.Path);
    }

    private static ClusterSession Session(PodRehearsal rehearsal) =>
        RehearsedLoad.Session(rehearsal, SecretName, SecretKey);

    private static async Task<ImmutableArray<Finding>> ChecksAsync(ClusterSession session) =>
        ClusterChecks.Run(await session.ObserveAsync(default), new Expectation(1, AtLeast: false));

    private static string[] Owned(Observation observation) =>
        [
            .. observation
                .Topology.Nodes.Where(n => !n.Slots.IsEmpty)
                .Select(n => $"{n.Member}: {n.Slots}")
                .Order(StringComparer.Ordinal),
        ];

    private static async Task NoLongerPendingAsync(PodRehearsal rehearsal) =>
        Assert.True(
            await BecomesAsync(() =>
                Task.FromResult(
                    rehearsal.Pods.All(p => p.IsReady && !p.ReadyLine.Contains("pending", StringComparison.Ordinal))
                )
            ),
            string.Join('\n', rehearsal.Pods.Select(p => $"{p.Name}: {p.ReadyLine}"))
        );

    /// <summary>As if the chart had no hook, and the server no net.</summary>
    private static async Task RestartAPrimaryWithoutHandOverAsync(
        PodRehearsal rehearsal,
        ClusterSession session,
        Task failed
    )
    {
        var topology = (await session.ObserveAsync(default)).Topology;
        var member = topology.Members[topology.Shards()[0].Primary.Member!];
        await (await session.ConnectAsync(member, default)).ConfigSetAsync("shutdown-on-sigterm", "default", default);
        await rehearsal.RestartAsync(member.Ordinal, withPreStop: false, gone: failed);
        Assert.True(await BecomesAsync(() => Task.FromResult(rehearsal.Pods.All(p => p.IsReady))));
    }

    private static async Task<Ledger> LoadAsync(PodRehearsal rehearsal, Func<Task> deed)
    {
        await using var session = Session(rehearsal);
        return await RehearsedLoad.RunAsync(session, deed);
    }

    private static Task<bool> BecomesAsync(Func<Task<bool>> condition) =>
        Wait.UntilAsync(async _ => await condition(), Patience, TimeProvider.System, default);
}
