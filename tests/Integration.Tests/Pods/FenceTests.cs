using Slotwright.Core.Failures;
using Slotwright.Core.Planning.Recovery;
using Slotwright.Integration.Tests.Support;
using Slotwright.Operations.Running;
using Slotwright.Valkey.Resp;

namespace Slotwright.Integration.Tests.Pods;

/// <summary>Pods of primaries that come back with less than their replicas have.</summary>
public sealed class FenceTests
{
    public static TheoryData<string, bool> VersionsAndBoth { get; } =
        new MatrixTheoryData<string, bool>(
            TestVersions.AllWanted ? TestVersions.All : [TestVersions.Default],
            [false, true]
        );

    [Theory, MemberData(nameof(VersionsAndBoth))]
    public async Task An_emptied_primary_has_its_replica_promoted_before_it_starts(string version, bool nodesToo)
    {
        await using var pods = await FencedPods.FormAsync(version, appendOnly: true);
        var keys = await KeysAsync(pods.Replica);
        await pods.Primary.KillAsync();
        Empty(pods.Primary, nodesToo);

        await pods.Primary.UpAsync();

        Assert.True(await TestCluster.BecomesAsync(() => pods.Replica.IsPrimaryAsync()));
        Assert.Equal(keys, await KeysAsync(pods.Replica));
        if (nodesToo)
        {
            Assert.True(
                await TestCluster.BecomesAsync(() =>
                    Task.FromResult(pods.Primary.Log.Contains("it starts", StringComparison.Ordinal))
                ),
                pods.Primary.Log
            );
            return;
        }
        Assert.Equal(FencedPods.Keys, await pods.CountAsync());
        await pods.Primary.BecomesReadyAsync();
        Assert.Contains("vk-3 was told to take over", pods.Primary.Log);
    }

    [Fact]
    public async Task Without_the_guard_an_emptied_primary_empties_its_replica()
    {
        await using var pods = await FencedPods.FormAsync(TestVersions.Default, appendOnly: true);
        await pods.Primary.KillAsync();
        pods.Primary.WipeData();

        await pods.Primary.UpAsync(guards: false);

        Assert.True(await TestCluster.BecomesAsync(async () => await KeysAsync(pods.Replica) == 0));
    }

    [Theory, MemberData(nameof(TestVersions.Chosen), MemberType = typeof(TestVersions))]
    public async Task All_primaries_emptied_at_once_lose_no_key(string version)
    {
        await using var pods = await FencedPods.FormAsync(version, appendOnly: true);
        await FencedPods.KillAsync(pods.Primaries);
        Assert.All(pods.Primaries, p => p.WipeData());

        await FencedPods.UpAsync(pods.Primaries);

        Assert.Equal(FencedPods.Keys, await pods.CountAsync());
        foreach (var pod in pods.Primaries)
        {
            Assert.False(await pod.IsPrimaryAsync());
        }
    }

    [Theory, MemberData(nameof(VersionsAndBoth))]
    public async Task A_crash_of_all_comes_back_by_itself_under_new_addresses(string version, bool appendOnly)
    {
        await using var pods = await FencedPods.FormAsync(version, appendOnly);
        await FencedPods.KillAsync(pods.All);
        pods.Move();

        await FencedPods.UpAsync(pods.All);

        Assert.Equal(FencedPods.Keys, await pods.CountAsync());
    }

    [Theory, MemberData(nameof(TestVersions.Chosen), MemberType = typeof(TestVersions))]
    public async Task All_that_end_in_order_come_back_at_once_in_their_roles(string version)
    {
        await using var pods = await FencedPods.FormAsync(version, appendOnly: false);
        await Task.WhenAll(pods.All.Select(p => p.SetAsync("save", "900 1"))); // else they write none at their end
        await Task.WhenAll(pods.All.Select(p => p.TermAsync()));
        pods.Move();

        await FencedPods.UpAsync(pods.All);

        Assert.Equal(FencedPods.Keys, await pods.CountAsync());
        Assert.All(pods.Primaries, p => Assert.DoesNotContain("told to take over", p.Log));
        Assert.True(await pods.Primary.IsPrimaryAsync());
    }

    [Fact]
    public async Task Without_the_guard_a_crash_sets_replicas_back_to_old_snapshots()
    {
        await using var pods = await FencedPods.FormAsync(TestVersions.Default, appendOnly: false);
        await FencedPods.KillAsync(pods.All);

        await FencedPods.UpAsync(pods.All, guards: false);

        Assert.Equal(FencedPods.Saved, await pods.CountAsync());
    }

    [Theory, MemberData(nameof(TestVersions.Chosen), MemberType = typeof(TestVersions))]
    public async Task While_its_replica_is_away_it_votes_says_why_and_goes_on_when_that_one_comes(string version)
    {
        await using var pods = await FencedPods.FormAsync(version, appendOnly: false);
        await FencedPods.KillAsync([pods.Primary, pods.Replica]);

        await pods.Primary.UpAsync(heldBack: true);

        await BecomesHeldBackAsync(pods.Primary);
        Assert.Equal(0, (await pods.Primary.RunAsync("probe", "liveness")).ExitCode);
        Assert.StartsWith("NOPERM", Assert.IsType<RespValue.Error>(await pods.Primary.SendAsync("GET", "a")).Text);
        Assert.StartsWith(
            "NOPERM",
            Assert.IsType<RespValue.Error>(await pods.Primary.SendAsync("PSYNC", "?", "-1")).Text
        );
        var finding = Assert.Single(await pods.VerifyAsync(), f => f.Code == "member-held-back");
        Assert.Contains($"{pods.Replica.Address}", finding.What);
        var hook = await pods.Primary.RunAsync("prestop");
        Assert.Contains("it is left to TERM", hook.Error);
        await pods.Replica.UpAsync();

        Assert.Equal(FencedPods.Keys, await pods.CountAsync());
        await pods.Primary.BecomesReadyAsync();
        Assert.False(File.Exists(pods.Primary.PathOf(TestPod.HeldBack)));
    }

    [Fact]
    public async Task A_cache_starts_with_what_it_has()
    {
        await using var pods = await FencedPods.FormAsync(TestVersions.Default, appendOnly: false);
        pods.Primary.Set("SLOTWRIGHT_FENCE_WHEN_UNKNOWN", "start");
        await FencedPods.KillAsync([pods.Primary, pods.Replica]);

        await pods.Primary.UpAsync();

        Assert.True(await TestCluster.BecomesAsync(async () => await KeysAsync(pods.Primary) > 0));
        Assert.Contains("since fence.whenUnknown is start", pods.Primary.Log);
    }

    [Theory, MemberData(nameof(TestVersions.Chosen), MemberType = typeof(TestVersions))]
    public async Task Told_to_by_recover_it_starts_with_what_it_has(string version)
    {
        await using var pods = await FencedPods.FormAsync(version, appendOnly: false);
        await FencedPods.KillAsync([pods.Primary, pods.Replica]);
        await pods.Primary.UpAsync(heldBack: true);
        await BecomesHeldBackAsync(pods.Primary);
        var wish = new RecoveryWish(RecoveryWay.OwnData, null, null, AcceptsLoss: true);
        await using (var session = pods.NewSession())
        {
            var change = await new ChangeOperation(
                session,
                RecoveryPlanner.Operation,
                seen =>
                    RecoveryPlanner.Plan(
                        RecoveryJudge.Of(seen, RecoveryFacts.None),
                        seen.Topology,
                        RecoveryFacts.None,
                        wish
                    ),
                new ChangeOptions()
            ).RunAsync(default);
            Assert.True(change.Applied);
        }

        Assert.InRange(await KeysAsync(pods.Primary), 1, FencedPods.Keys);
        Assert.Contains("since it was told to", pods.Primary.Log);
        Assert.False(File.Exists(pods.Primary.PathOf(TestPod.HeldBack)));
    }

    /// <summary>One without nodes.conf runs no server that could be told.</summary>
    [Fact]
    public async Task Told_to_by_a_file_it_starts_though_it_is_nobody_to_the_others()
    {
        await using var pods = await FencedPods.FormAsync(TestVersions.Default, appendOnly: false);
        await FencedPods.KillAsync([pods.Primary, pods.Replica]);
        pods.Primary.Wipe();
        await pods.Primary.UpAsync(heldBack: true);
        Assert.True(
            await TestCluster.BecomesAsync(() =>
                Task.FromResult(pods.Primary.Log.Contains("it stays held back", StringComparison.Ordinal))
            )
        );

        await File.WriteAllTextAsync(pods.Primary.PathOf("run/slotwright/let-start"), "");

        Assert.True(await TestCluster.BecomesAsync(() => IsAnsweringAsync(pods.Primary)));
        Assert.Contains("since it was told to", pods.Primary.Log);
    }

    [Fact]
    public async Task Held_back_it_ends_at_TERM_and_the_next_start_judges_anew()
    {
        await using var pods = await FencedPods.FormAsync(TestVersions.Default, appendOnly: false);
        await FencedPods.KillAsync([pods.Primary, pods.Replica]);
        await pods.Primary.UpAsync(heldBack: true);
        await BecomesHeldBackAsync(pods.Primary);

        var end = pods.Primary.TermAsync();

        await end.WaitAsync(TimeSpan.FromSeconds(10));
        await Assert.ThrowsAnyAsync<IOException>(() => pods.Primary.IdAsync());
        await FencedPods.UpAsync([pods.Primary, pods.Replica]);
        Assert.Equal(FencedPods.Keys, await pods.CountAsync());
    }

    /// <summary>In a container nothing is left of it; a pod whose containers share their processes keeps its server.</summary>
    [Fact]
    public async Task Killed_while_held_back_it_goes_on_at_the_next_start()
    {
        await using var pods = await FencedPods.FormAsync(TestVersions.Default, appendOnly: false);
        await FencedPods.KillAsync([pods.Primary, pods.Replica]);
        await pods.Primary.UpAsync(heldBack: true);
        await BecomesHeldBackAsync(pods.Primary);
        await pods.Primary.KillAsync();

        await FencedPods.UpAsync([pods.Primary, pods.Replica]);

        Assert.Equal(FencedPods.Keys, await pods.CountAsync());
    }

    private static void Empty(TestPod pod, bool nodesToo)
    {
        if (nodesToo)
        {
            pod.Wipe();
        }
        else
        {
            pod.WipeData();
        }
    }

    private static async Task BecomesHeldBackAsync(TestPod pod)
    {
        var line = "";
        Assert.True(
            await TestCluster.BecomesAsync(async () =>
            {
                (var ready, line) = await pod.ReadinessAsync();
                Assert.False(ready, line);
                return line.Contains("vk-3, which may hold more, has not answered", StringComparison.Ordinal)
                    && await IsAnsweringAsync(pod);
            }),
            $"{line}\n{pod.Log}"
        );
    }

    private static async Task<bool> IsAnsweringAsync(TestPod pod)
    {
        try
        {
            return await pod.SendAsync("PING") is RespValue.Simple;
        }
        catch (Exception e) when (e is IOException or OperationFailedException)
        {
            return false;
        }
    }

    /// <summary>-1 while it can't be asked.</summary>
    private static async Task<long> KeysAsync(TestPod pod) =>
        await IsAnsweringAsync(pod) && await pod.SendAsync("DBSIZE") is RespValue.Integer keys ? keys.Value : -1;
}
