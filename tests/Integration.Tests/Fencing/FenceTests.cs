using Slotwright.Core.Failures;
using Slotwright.Core.Fencing;
using Slotwright.Integration.Tests.Support;

namespace Slotwright.Integration.Tests.Fencing;

/// <summary>Primaries that come back with less than their replicas have.</summary>
public sealed class FenceTests
{
    public static TheoryData<string> Versions { get; } =
    [.. TestVersions.AllWanted ? TestVersions.All : [TestVersions.Default]];

    public static TheoryData<string, bool> VersionsAndDisks { get; } =
        new MatrixTheoryData<string, bool>(
            TestVersions.AllWanted ? TestVersions.All : [TestVersions.Default],
            [false, true]
        );

    [Theory, MemberData(nameof(VersionsAndDisks))]
    public async Task An_emptied_primary_has_its_replica_promoted_before_it_starts(string version, bool nodesToo)
    {
        await using var cluster = await FencedCluster.FormAsync(version, appendOnly: true);
        var primary = (await cluster.PrimariesAsync())[0];
        await cluster.KillAsync(primary);
        cluster.Wipe(primary, nodesToo);

        await cluster.Host.StartMembersAsync([primary], default);

        Assert.DoesNotContain(primary, await cluster.PrimariesAsync());
        if (!nodesToo)
        {
            Assert.Equal(FencedCluster.Keys, await cluster.CountAsync());
        }
    }

    [Fact]
    public async Task Without_the_fence_an_emptied_primary_empties_its_replica()
    {
        await using var cluster = await FencedCluster.FormAsync(TestVersions.Default, appendOnly: true);
        var primary = (await cluster.PrimariesAsync())[0];
        cluster.Host.IsWithoutGuards = true;
        await cluster.KillAsync(primary);
        cluster.Wipe(primary, nodes: false);

        await cluster.Host.StartMembersAsync([primary], default);

        Assert.True(
            await TestCluster.BecomesAsync(async () => await cluster.CountAsync() < FencedCluster.Keys),
            "the harm that the fence is for was not there"
        );
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task All_primaries_emptied_at_once_lose_no_key(string version)
    {
        await using var cluster = await FencedCluster.FormAsync(version, appendOnly: true);
        var primaries = await cluster.PrimariesAsync();
        await cluster.KillAsync([.. primaries]);
        Assert.All(primaries, p => cluster.Wipe(p, nodes: false));

        await cluster.Host.StartAsync(default);

        Assert.Equal(FencedCluster.Keys, await cluster.CountAsync());
        Assert.Empty((await cluster.PrimariesAsync()).Intersect(primaries));
    }

    [Theory, MemberData(nameof(VersionsAndDisks))]
    public async Task A_crash_of_all_members_at_once_comes_back_by_itself(string version, bool appendOnly)
    {
        await using var cluster = await FencedCluster.FormAsync(version, appendOnly);
        await cluster.KillAllAsync();

        var report = await cluster.Host.StartAsync(default);

        Assert.Empty(report.HeldBack);
        Assert.Equal(FencedCluster.Keys, await cluster.CountAsync());
    }

    [Fact]
    public async Task Without_the_fence_a_crash_sets_replicas_back_to_old_snapshots()
    {
        await using var cluster = await FencedCluster.FormAsync(TestVersions.Default, appendOnly: false);
        cluster.Host.IsWithoutGuards = true;
        await cluster.KillAllAsync();

        await cluster.Host.StartAsync(default);

        Assert.InRange(await cluster.CountAsync(), 1, FencedCluster.Keys - 1);
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task While_its_replica_is_away_it_votes_and_gives_nobody_its_old_data(string version)
    {
        await using var cluster = await FencedCluster.FormAsync(version, appendOnly: false);
        var primary = (await cluster.PrimariesAsync())[0];
        var replica = await cluster.ReplicaOfAsync(primary);
        await cluster.KillAsync(primary, replica);

        var refused = await Assert.ThrowsAsync<RefusedException>(() =>
            cluster.Host.StartMembersAsync([primary], default)
        );

        var finding = Assert.Single(refused.Findings);
        Assert.Equal((primary, "member-held-back"), (finding.Subject, finding.Code));
        Assert.Contains(replica, finding.What, StringComparison.Ordinal);
        Assert.Contains(
            "NOPERM",
            (
                await Assert.ThrowsAsync<OperationFailedException>(() => cluster.AskAsync(primary, "GET", "key-0"))
            ).Message,
            StringComparison.Ordinal
        );
        await Assert.ThrowsAsync<OperationFailedException>(() => cluster.AskAsync(primary, "PSYNC", "?", "-1"));
        var verify = await cluster.RunAsync("verify");
        Assert.Contains("is held back", verify.Output, StringComparison.Ordinal);
        Assert.Contains(replica, verify.Output, StringComparison.Ordinal);

        await cluster.Host.StartAsync(default);
        Assert.Equal(FencedCluster.Keys, await cluster.CountAsync());
    }

    [Fact]
    public async Task A_cache_starts_with_what_it_has()
    {
        await using var cluster = await FencedCluster.FormAsync(TestVersions.Default, appendOnly: false);
        cluster.Host.Fence = cluster.Host.Fence with { WhenUnknown = WhenUnknown.Start };
        var primary = (await cluster.PrimariesAsync())[0];
        await cluster.KillAsync(primary, await cluster.ReplicaOfAsync(primary));

        await cluster.Host.StartMembersAsync([primary], default);

        Assert.Contains(primary, await cluster.PrimariesAsync());
    }

    [Fact]
    public async Task Where_all_are_empty_nobody_waits()
    {
        await using var cluster = await FencedCluster.FormAsync(TestVersions.Default, appendOnly: true);
        await cluster.KillAllAsync();
        foreach (var member in await cluster.Host.ListMembersAsync(default))
        {
            cluster.Wipe(member.Name, nodes: false);
        }

        var report = await cluster.Host.StartAsync(default);

        Assert.Empty(report.HeldBack);
        Assert.Equal(0, await cluster.CountAsync());
    }
}
