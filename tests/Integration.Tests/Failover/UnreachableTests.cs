using Slotwright.Core.Cluster;
using Slotwright.Core.Failover;
using Slotwright.Operations.Running;

namespace Slotwright.Integration.Tests.Failover;

/// <summary>A primary that is gone with its agent, as a whole machine is: nobody can say that it is dead.</summary>
public sealed class UnreachableTests
{
    private static readonly FailoverOptions OptIn = FailoverOptions.Default with { Unreachable = true };

    [Fact]
    public async Task With_the_opt_in_it_is_replaced_when_its_promise_holds()
    {
        await using var cluster = await FailoverCluster.FormAsync(options: OptIn);
        var shard = await cluster.ShardAsync(0);
        await PromisedAsync(cluster);

        var start = TimeProvider.System.GetTimestamp();
        await cluster.Crew.KillAsync(shard.Primary.Member!);
        await cluster.Host.KillAsync(shard.Primary.Member!, default);

        Assert.True(await cluster.OwnsAsync(shard.Replicas[0].Member!), cluster.Crew.Log);
        Assert.True(TimeProvider.System.GetElapsedTime(start) > TimeSpan.FromSeconds(1), cluster.Crew.Log);
        Assert.True(
            await FailoverCluster.BecomesAsync(() =>
                Task.FromResult(
                    cluster.Crew.FailoverOf(shard.Replicas[0].Member!).Won[MemberCondition.Unreachable] == 1
                )
            ),
            cluster.Crew.Log
        );
    }

    [Fact]
    public async Task Without_it_and_where_its_agent_was_gone_before_valkey_decides()
    {
        await using (var cluster = await FailoverCluster.FormAsync())
        {
            var shard = await cluster.ShardAsync(0);
            await cluster.Crew.KillAsync(shard.Primary.Member!);
            await cluster.Host.KillAsync(shard.Primary.Member!, default);
            await NobodyActsAsync(cluster);
        }
        await using (var cluster = await FailoverCluster.FormAsync(options: OptIn))
        {
            var shard = await cluster.ShardAsync(0);
            await PromisedAsync(cluster);
            await cluster.Crew.KillAsync(shard.Primary.Member!);
            await AfterAsync(TimeSpan.FromSeconds(2)); // an agent that has frozen, and then its machine is cut off
            await cluster.Host.KillAsync(shard.Primary.Member!, default);
            await NobodyActsAsync(cluster);
        }
    }

    [Fact]
    public async Task A_primary_that_reaches_no_majority_takes_no_writes_until_it_does()
    {
        await using var cluster = await FailoverCluster.FormAsync(options: OptIn);
        var shards = (await cluster.LookAsync()).Shards();
        var (alone, others) = (shards[0].Primary.Member!, shards.Skip(1).Select(s => s.Primary.Member!).ToArray());
        await PromisedAsync(cluster);

        foreach (var other in others)
        {
            await cluster.Host.PauseAsync(other, default);
        }
        Assert.True(
            await FailoverCluster.BecomesAsync(() => Task.FromResult(cluster.Crew.FailoverOf(alone).IsFenced)),
            cluster.Crew.Log
        );
        var info = await cluster.AskAsync(alone, "INFO", "clients");
        Assert.Contains("paused_actions:write", info.AsText(), StringComparison.Ordinal);
        foreach (var other in others)
        {
            await cluster.Host.ResumeAsync(other, default);
        }
        Assert.True(
            await FailoverCluster.BecomesAsync(() => Task.FromResult(!cluster.Crew.FailoverOf(alone).IsFenced)),
            cluster.Crew.Log
        );
        await cluster.StaysAsync(shards);
    }

    /// <summary>Every primary's agent has promised, and those of the other primaries have heard it.</summary>
    private static async Task PromisedAsync(FailoverCluster cluster)
    {
        var primaries = (await cluster.LookAsync()).Shards().Select(s => s.Primary).ToArray();
        Assert.True(
            await FailoverCluster.BecomesAsync(() =>
                Task.FromResult(primaries.All(p => primaries.All(by => by == p || HasHeard(by, p))))
            ),
            cluster.Crew.Log
        );

        bool HasHeard(Node by, Node of) =>
            cluster.Crew.SightOf(by.Member!, of.Id) is { SincePromise: not null, SinceReached: not null };
    }

    private static async Task NobodyActsAsync(FailoverCluster cluster)
    {
        await AfterAsync(TimeSpan.FromSeconds(4));
        Assert.Equal(0, cluster.Crew.Forced);
    }

    private static Task<bool> AfterAsync(TimeSpan time) =>
        Wait.UntilAsync(_ => ValueTask.FromResult(false), time, TimeProvider.System, default);
}
