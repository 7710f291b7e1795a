using Slotwright.Integration.Tests.Support;

namespace Slotwright.Integration.Tests.Verify;

public sealed class UnformedTests
{
    [Fact]
    public async Task Members_that_never_met_are_no_cluster()
    {
        await using var cluster = await TestCluster.StartAsync();
        var verify = await cluster.RunAsync("verify");
        Assert.Equal(2, verify.ExitCode);
        Assert.Contains("16384 slots have no owner", verify.Output);
        Assert.Contains("which failures it would survive can't be said: no slot has an owner", verify.Output);
        Assert.Equal(0, (await cluster.RunAsync("status")).ExitCode);
    }

    [Fact]
    public async Task When_nobody_answers_nothing_can_be_said()
    {
        await using var cluster = await TestCluster.StartAsync();
        foreach (var member in await cluster.Host.ListMembersAsync(default))
        {
            await cluster.KillAsync(member.Name);
        }
        var verify = await cluster.RunAsync("verify");
        Assert.Equal(1, verify.ExitCode);
        Assert.Contains("none of 6 members can be asked", verify.Error);
        Assert.Equal("", verify.Output);
        Assert.Equal(1, (await cluster.RunAsync("status")).ExitCode);
        foreach (var words in (string[])["-- GET a", "--on all -- PING", "--on primaries -- PING"])
        {
            var exec = await cluster.RunAsync(["exec", .. words.Split(' ')]);
            Assert.Equal((1, ""), (exec.ExitCode, exec.Output));
            Assert.Contains("nobody answers at", exec.Error);
        }
    }

    [Fact]
    public async Task A_replica_that_lost_its_disk_gets_its_place_back()
    {
        await using var cluster = await TestCluster.FormAsync();
        var replica = (await cluster.TopologyAsync()).Shards()[2].Replicas[0];
        await cluster.KillAsync(replica.Member!);
        Directory.Delete(Path.Combine(cluster.Root, "local", "valkey", replica.Member!, "data"), recursive: true);
        Directory.CreateDirectory(Path.Combine(cluster.Root, "local", "valkey", replica.Member!, "data"));
        await cluster.StartMembersAsync(replica.Member!);
        Assert.Equal(2, (await cluster.RunAsync("verify")).ExitCode);

        var bootstrap = await cluster.RunAsync("bootstrap");

        Assert.True(bootstrap.ExitCode == 0, bootstrap.ToString());
        var verify = await cluster.RunAsync("verify");
        Assert.True(verify.ExitCode == 0, verify.ToString());
        var back = (await cluster.TopologyAsync()).NodeOf(replica.Member!)!;
        Assert.NotEqual(replica.Id, back.Id);
        Assert.Equal(replica.Primary, back.Primary);
    }
}
