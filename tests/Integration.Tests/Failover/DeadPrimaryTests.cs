using Slotwright.Core.Cluster;
using Slotwright.Core.Failover;
using Slotwright.Integration.Tests.Agents;
using Slotwright.Operations.Running;

namespace Slotwright.Integration.Tests.Failover;

/// <summary>Servers that would wait for 15 s: what happens before, agents did.</summary>
public sealed class DeadPrimaryTests
{
    public static TheoryData<string> Versions => AddressTests.Versions;

    [Theory, MemberData(nameof(Versions))]
    public async Task A_killed_primary_is_replaced_at_once_and_what_wait_confirmed_is_there(string version)
    {
        await using var cluster = await FailoverCluster.FormAsync(version: version);
        var shard = await cluster.ShardAsync(0);
        var (dead, heir) = (shard.Primary.Member!, shard.Replicas[0].Member!);

        var result = await cluster.LoadAsync(
            TimeSpan.FromSeconds(4),
            async () =>
            {
                await cluster.Host.KillAsync(dead, default);
                Assert.True(await cluster.OwnsAsync(heir), cluster.Crew.Log);
            }
        );

        var ledger = result.Ledger.Shards[0];
        Assert.Equal((0, 0), (ledger.Found.LostConfirmed, ledger.Found.Unjudged));
        Assert.True(ledger.Confirmed > 50);
        Assert.Equal(1, cluster.Crew.FailoverOf(dead).Deaths);
        Assert.Equal(1, cluster.Crew.FailoverOf(heir).Won[MemberCondition.Dead]);
    }

    [Fact]
    public async Task Without_the_agent_of_the_replica_valkey_decides_and_the_primary_may_start_again()
    {
        await using var cluster = await FailoverCluster.FormAsync(without: t =>
            t.Shards()[0].Replicas.Select(r => r.Member!)
        );
        var shard = await cluster.ShardAsync(0);
        var dead = shard.Primary.Member!;

        await cluster.Host.KillAsync(dead, default);
        Assert.True(await SaysAsync(cluster, "its start is not held up any longer"), cluster.Crew.Log);
        await cluster.Host.StartMembersAsync([dead], default);

        Assert.True(await cluster.OwnsAsync(dead));
        Assert.Equal(0, cluster.Crew.Forced);
    }

    [Fact]
    public async Task Of_two_replicas_the_one_that_lags_does_not_take_over()
    {
        await using var cluster = await FailoverCluster.FormAsync(replicas: 2);
        var (lost, heir) = await KillPrimaryOfLaggardAsync(cluster);
        Assert.True(lost == 0, $"{lost} lost\n{cluster.Crew.Log}");
        Assert.Equal(1, cluster.Crew.FailoverOf(heir).Won[MemberCondition.Dead]);
    }

    [Fact]
    public async Task Were_the_laggard_to_take_over_what_wait_confirmed_would_be_lost()
    {
        await using var cluster = await FailoverCluster.FormAsync(
            replicas: 2,
            without: t => [Ordered(t.Shards()[0])[0]],
            withoutRanking: t => [Ordered(t.Shards()[0])[1]]
        );
        var (lost, _) = await KillPrimaryOfLaggardAsync(cluster);
        Assert.True(lost > 100, cluster.Crew.Log);
    }

    [Fact]
    public async Task A_primary_that_is_started_again_in_the_same_moment_leaves_one_owner_and_loses_nothing_confirmed()
    {
        await using var cluster = await FailoverCluster.FormAsync();
        var shard = await cluster.ShardAsync(1);
        var dead = shard.Primary.Member!;

        var result = await cluster.LoadAsync(
            TimeSpan.FromSeconds(5),
            async () =>
            {
                await cluster.Host.KillAsync(dead, default);
                await cluster.Host.StartMembersAsync([dead], default);
            }
        );

        Assert.Equal(0, result.Ledger.Found.LostConfirmed);
        Assert.True(
            await FailoverCluster.BecomesAsync(async () =>
                (await cluster.LookAsync()).Shards() is { Length: 3 } shards
                && shards.All(s => s.Replicas is [{ Link: LinkState.InSync }])
            ),
            cluster.Crew.Log
        );
    }

    [Fact]
    public async Task Two_replicas_that_both_ask_for_votes_are_not_at_odds_for_long()
    {
        await using var cluster = await FailoverCluster.FormAsync(
            replicas: 2,
            withoutRanking: t => t.Shards()[0].Replicas.Select(r => r.Member!)
        );
        var shard = await cluster.ShardAsync(0);
        await cluster.Host.KillAsync(shard.Primary.Member!, default);
        await IsReplacedAsync(cluster, shard);
    }

    [Fact]
    public async Task Two_shards_whose_primaries_die_together_are_both_replaced()
    {
        await using var cluster = await FailoverCluster.FormAsync(primaries: 5);
        var shards = (await cluster.LookAsync()).Shards();
        await Task.WhenAll(shards.Take(2).Select(s => cluster.Host.KillAsync(s.Primary.Member!, default)));
        await IsReplacedAsync(cluster, shards[0]);
        await IsReplacedAsync(cluster, shards[1]);
    }

    [Fact]
    public async Task A_primary_that_dies_while_it_hands_over_is_replaced()
    {
        await using var cluster = await FailoverCluster.FormAsync();
        var shard = await cluster.ShardAsync(2);
        // the primary has stopped writes and waits for its replica, which does not come to it
        await cluster.AskAsync(shard.Primary.Member!, "CLIENT", "PAUSE", "3000", "ALL");
        await cluster.AskAsync(shard.Replicas[0].Member!, "CLUSTER", "FAILOVER");
        await cluster.Host.KillAsync(shard.Primary.Member!, default);
        await HasNewOwnerAsync(cluster, shard);
        await SaidAsync(cluster, $"{shard.Replicas[0].Id.Short} has taken over,"); // while its agent held the start up
    }

    [Fact]
    public async Task What_an_operation_takes_down_is_left_alone_and_what_dies_besides_is_replaced()
    {
        await using var cluster = await FailoverCluster.FormAsync();
        var before = await cluster.LookAsync();
        var (taken, other) = (before.Shards()[0], before.Shards()[1]);
        await using (var marks = new OperationMarks(cluster.Session, "restart"))
        {
            await marks.SetAsync(before.Members.Values, [taken.Primary.Id], default);
            await cluster.Host.KillAsync(taken.Primary.Member!, default);
            await SaidAsync(cluster, "an operation, restart, is taking it down");
            await cluster.Host.StartMembersAsync([taken.Primary.Member!], default);
            Assert.True(await cluster.OwnsAsync(taken.Primary.Member!));
            await cluster.Host.KillAsync(other.Primary.Member!, default);
            await IsReplacedAsync(cluster, other);
        }
        Assert.Equal(taken.Primary.Id, (await cluster.LookAsync()).OwnerOf(taken.Slots.First())!.Id);
    }

    private static async Task SaidAsync(FailoverCluster cluster, string words) =>
        Assert.True(await SaysAsync(cluster, words), cluster.Crew.Log);

    private static Task<bool> SaysAsync(FailoverCluster cluster, string words) =>
        FailoverCluster.BecomesAsync(() => Task.FromResult(cluster.Crew.Log.Contains(words, StringComparison.Ordinal)));

    private static async Task HasNewOwnerAsync(FailoverCluster cluster, Shard shard) =>
        Assert.True(
            await FailoverCluster.BecomesAsync(async () =>
                (await cluster.LookAsync()).Nodes.Any(n =>
                    n.Reachable && shard.Replicas.Any(r => r.Id == n.Id) && n.Slots.Overlaps(shard.Slots)
                )
            ),
            cluster.Crew.Log
        );

    private static async Task IsReplacedAsync(FailoverCluster cluster, Shard shard)
    {
        await HasNewOwnerAsync(cluster, shard);
        // and not by Valkey alone; an agent counts what it sent once it knows what came of it
        Assert.True(
            await FailoverCluster.BecomesAsync(() => Task.FromResult(cluster.Crew.Forced > 0)),
            cluster.Crew.Log
        );
    }

    /// <summary>The names of a shard's replicas; the second is made to lag.</summary>
    private static string[] Ordered(Shard shard) => [.. shard.Replicas.Select(r => r.Member!).Order()];

    /// <returns>Writes that WAIT had confirmed and that are gone, and who was to take over.</returns>
    private static async Task<(long Lost, string Heir)> KillPrimaryOfLaggardAsync(FailoverCluster cluster)
    {
        var shard = await cluster.ShardAsync(0);
        var (heir, laggard) = (Ordered(shard)[0], Ordered(shard)[1]);
        var result = await cluster.LoadAsync(
            TimeSpan.FromSeconds(6),
            async () =>
            {
                await cluster.AskAsync(laggard, "CONFIG", "SET", "primaryauth", "wrong");
                await cluster.AskAsync(laggard, "CLIENT", "KILL", "TYPE", "primary");
                var from = await OffsetAsync(cluster, heir);
                Assert.True(
                    await FailoverCluster.BecomesAsync(async () => await OffsetAsync(cluster, heir) > from + 40_000)
                );
                await cluster.Host.KillAsync(shard.Primary.Member!, default);
                await IsReplacedAsync(cluster, shard);
            }
        );
        return (result.Ledger.Shards[0].Found.LostConfirmed, heir);
    }

    private static async Task<long> OffsetAsync(FailoverCluster cluster, string member)
    {
        var info = Valkey.Parsing.ServerInfoParser.Parse((await cluster.AskAsync(member, "INFO")).AsText()!, []);
        return info.Offset;
    }
}
