using Slotwright.Operations.Running;

namespace Slotwright.Integration.Tests.Failover;

/// <summary>A server that is slow, stopped for a moment or busy is not dead.</summary>
public sealed class FalseAlarmTests
{
    [Fact]
    public async Task A_primary_that_is_stopped_slow_busy_or_saving_is_not_replaced()
    {
        await using var cluster = await FailoverCluster.FormAsync();
        var before = (await cluster.LookAsync()).Shards();
        var primary = before[0].Primary.Member!;

        await cluster.Host.PauseAsync(primary, default);
        await Wait.UntilAsync(_ => ValueTask.FromResult(false), TimeSpan.FromSeconds(1), TimeProvider.System, default);
        await cluster.Host.ResumeAsync(primary, default);
        await cluster.AskAsync(primary, "CONFIG", "GET", "port");
        await cluster.StaysAsync(before);

        await cluster.AskAsync(
            primary,
            "EVAL",
            "local s = server.call('TIME')[1]; while server.call('TIME')[1] - s < 2 do end",
            "0"
        );
        await cluster.AskAsync(primary, "BGSAVE", "SCHEDULE");
        await cluster.AskAsync(primary, "CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"); // the agents' connections too
        await cluster.StaysAsync(before);

        Assert.True(
            await FailoverCluster.BecomesAsync(() => Task.FromResult(cluster.Crew.FailoverOf(primary).IsWatching))
        );
        // the control: the same agents replace one that is dead
        await cluster.Host.KillAsync(primary, default);
        Assert.True(await cluster.OwnsAsync(before[0].Replicas[0].Member!), cluster.Crew.Log);
    }
}
