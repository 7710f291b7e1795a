using Slotwright.Core.Failures;
using Slotwright.Integration.Tests.Fencing;
using Slotwright.Integration.Tests.Support;

namespace Slotwright.Integration.Tests.Recovery;

/// <summary>Members that the fence holds back.</summary>
public sealed class HeldBackTests
{
    [Theory]
    [MemberData(nameof(TestVersions.Chosen), MemberType = typeof(TestVersions))]
    public async Task While_its_replica_is_missing_it_starts_with_what_it_has_when_it_is_told_to(string version)
    {
        await using var cluster = await FencedCluster.FormAsync(version, appendOnly: false);
        var primary = (await cluster.PrimariesAsync())[0];
        var replica = await cluster.ReplicaOfAsync(primary);
        await cluster.KillAsync(primary, replica);
        await Assert.ThrowsAsync<RefusedException>(() => cluster.Host.StartMembersAsync([primary], default));

        var look = await cluster.RunAsync("recover");
        Assert.Equal(2, look.ExitCode);
        Assert.Contains($"{primary} is held back", look.Output);
        Assert.Contains($"start {replica}", look.Output);
        Assert.Contains("slotwright recover --way own-data --accept-loss", look.Output);
        var refused = await cluster.RunAsync("recover", "--way", "own-data", "--yes");
        Assert.Equal(3, refused.ExitCode);
        Assert.Contains(replica, refused.Error);
        Assert.Contains("held back", (await cluster.RunAsync("verify")).Output);

        var done = await cluster.RunAsync("recover", "--way", "own-data", "--accept-loss", "--yes");

        Assert.True(done.ExitCode == 0, done.ToString());
        Assert.Contains(primary, await cluster.PrimariesAsync());
        Assert.Equal("OK", (await cluster.AskAsync(primary, "CONFIG", "SET", "save", "")).AsText());
        await cluster.Host.StartAsync(default);
        Assert.InRange(await cluster.CountAsync(), 1, FencedCluster.Keys - 1); // the loss that was accepted
    }

    [Fact]
    public async Task Nobody_can_elect_its_replica_which_takes_over_when_it_is_told_to()
    {
        await using var cluster = await FencedCluster.FormAsync(TestVersions.Default, appendOnly: true);
        cluster.Host.Fence = cluster.Host.Fence with { Patience = TimeSpan.FromSeconds(4) };
        var primaries = await cluster.PrimariesAsync();
        await cluster.KillAsync([.. primaries]);
        cluster.Wipe(primaries[0], nodes: false);
        await Assert.ThrowsAsync<RefusedException>(() => cluster.Host.StartMembersAsync([primaries[0]], default));
        Assert.Contains(primaries[0], await cluster.PrimariesAsync()); // FORCE finds no majority

        var look = await cluster.RunAsync("recover");
        Assert.Contains($"{primaries[0]} is held back", look.Output);
        var done = await cluster.RunAsync("recover", "--way", "take-over", "--accept-loss", "--yes");

        Assert.True(done.ExitCode == 0, done.ToString());
        await cluster.Host.StartAsync(default);
        Assert.Equal(FencedCluster.Keys, await cluster.CountAsync());
        Assert.Empty((await cluster.PrimariesAsync()).Intersect(primaries));
    }
}
