using Slotwright.Core.Observing;
using Slotwright.Core.Slots;
using Slotwright.Integration.Tests.Support;
using Slotwright.Operations.SlotMovers;
using Slotwright.Valkey.Commands;

namespace Slotwright.Integration.Tests.SlotMoves;

/// <summary>The third shard, while slots go from the first to the second.</summary>
public sealed class ToldPrimaryTests
{
    private const string Stepwise = "8.1";

    private static readonly SlotSet Some = SlotSet.Of(100, 199);

    [Fact]
    public async Task It_is_told_of_every_slot_where_clients_are_to_be_spared()
    {
        await using var cluster = await TestCluster.FormAsync(Stepwise);

        await Moving.ReshardAsync(cluster, Moving.FirstToSecond(cluster, Some), new SlotMoving());

        // a server counts each again once its replicas have it
        Assert.Equal(2 * Some.Count, await ToldAsync(cluster));
        Assert.Empty((await cluster.ObserveAsync()).Disagreements);
    }

    [Fact]
    public async Task At_the_fast_pace_gossip_tells_it()
    {
        await using var cluster = await TestCluster.FormAsync(Stepwise);

        await Moving.ReshardAsync(cluster, Moving.FirstToSecond(cluster, Some));

        Assert.Equal(0, await ToldAsync(cluster));
        Assert.Empty((await cluster.ObserveAsync()).Disagreements);
    }

    [Fact]
    public async Task One_that_hangs_is_not_waited_for_by_each_group()
    {
        await using var cluster = await TestCluster.FormAsync(Stepwise);
        var third = cluster.Name(2);
        var shard = (await cluster.TopologyAsync()).Shards().Single(s => s.Primary.Member == third);
        await cluster.AskAsync(shard.Replicas[0].Member!, "CONFIG", "SET", "cluster-replica-no-failover", "yes");
        var moving = cluster.RunAsync(MovedRange.Arguments(cluster, nameof(MoverChoice.Stepwise), "normal"));
        Assert.True(await TestCluster.BecomesAsync(async () => await OwnedAsync(cluster) > 0 || moving.IsCompleted));
        await cluster.Host.PauseAsync(third, default);
        try
        {
            Assert.True(
                await TestCluster.BecomesAsync(async () => await OwnedAsync(cluster) == MovedRange.Slots.Count)
            );
        }
        finally
        {
            await cluster.Host.ResumeAsync(third, default);
        }
        var said = await moving;
        Assert.True(said.ExitCode == ExitCode.Done, $"{said}");
    }

    private static async Task<int> OwnedAsync(TestCluster cluster)
    {
        var node = await cluster.Session.ConnectAsync(await cluster.MemberAsync(1), default);
        var rows = await node.PeersAsync(default);
        return rows.Single(r => r.Flags.HasFlag(PeerFlags.Myself)).Slots.Intersect(MovedRange.Slots).Count;
    }

    private static async Task<long> ToldAsync(TestCluster cluster) =>
        CommandStats.Calls((await cluster.AskAsync(2, "INFO", "commandstats")).AsText()!, "cluster|setslot");
}
