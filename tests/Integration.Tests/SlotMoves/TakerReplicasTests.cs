using Slotwright.Core.Cluster;
using Slotwright.Core.Planning.Steps;
using Slotwright.Core.Slots;
using Slotwright.Integration.Tests.Support;
using Slotwright.Operations.Running;
using Slotwright.Operations.SlotMovers;
using Slotwright.Valkey.Resp;

namespace Slotwright.Integration.Tests.SlotMoves;

/// <summary>
/// A replica of a primary that gets its first slot, while the other replica of it answers late: SETSLOT waits for both, and
/// the giver's pings come in between.
/// </summary>
public sealed class TakerReplicasTests
{
    private const string Stepwise = "8.1";

    [Fact]
    public async Task It_follows_the_giver_and_is_brought_back()
    {
        await using var cluster = await WithEmptyPrimaryAsync();
        var topology = await cluster.TopologyAsync();
        var (giver, taker) = (topology.NodeOf(cluster.Name(0))!, topology.NodeOf(cluster.Name(2))!);
        var step = new MoveSlots(giver.Label, giver.Id, taker.Label, taker.Id, SlotSet.Of(0, 0)) { Reason = "test" };
        var ends = new MoveEnds(step, new StepContext(cluster.Session, topology));
        var replicas = await TakerReplicas.FindAsync(ends, default);
        Assert.Equal([cluster.Name(3), cluster.Name(4)], replicas.Order(StringComparer.Ordinal));

        await FirstSlotAsync(cluster, ends);

        await TakerReplicas.KeepAsync(ends, replicas, default);
        Assert.Equal(taker.Id, (await ends.OwnRowAsync(cluster.Name(3), default))?.Primary);
    }

    /// <summary>Members 0 and 1 have all slots, 3 and 4 replicate 2, which has none.</summary>
    private static async Task<TestCluster> WithEmptyPrimaryAsync()
    {
        var cluster = await TestCluster.StartAsync(Stepwise);
        try
        {
            // all differ: of two nodes with the same epoch one would raise its own
            for (var ordinal = 0; ordinal < 6; ordinal++)
            {
                await cluster.AskAsync(ordinal, "CLUSTER", "SET-CONFIG-EPOCH", $"{6 - ordinal}");
            }
            await cluster.AskAsync(0, "CLUSTER", "ADDSLOTSRANGE", "0", "8191");
            await cluster.AskAsync(1, "CLUSTER", "ADDSLOTSRANGE", "8192", "16383");
            var hub = await cluster.MemberAsync(0);
            for (var ordinal = 1; ordinal < 6; ordinal++)
            {
                await cluster.AskAsync(ordinal, "CLUSTER", "MEET", hub.Address.Host, $"{hub.Address.Port}");
            }
            Assert.True(
                await TestCluster.BecomesAsync(async () =>
                    await cluster.ObserveAsync() is { Disagreements.IsEmpty: true } seen
                    && seen.Topology.Nodes.All(n => n.Joined)
                )
            );
            var taker = (await cluster.TopologyAsync()).NodeOf(cluster.Name(2))!.Id;
            foreach (var ordinal in new[] { 3, 4 })
            {
                await cluster.AskAsync(ordinal, "CLUSTER", "REPLICATE", taker.Value);
            }
            Assert.True(
                await TestCluster.BecomesAsync(async () =>
                    await cluster.ObserveAsync() is { Disagreements.IsEmpty: true } seen
                    && seen.Topology.Nodes.Count(n => n.Primary == taker && n.Link == LinkState.InSync) == 2
                )
            );
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// The taker gives up waiting for the replica that is paused; the other follows the giver as soon as one of its
    /// pings arrives.
    /// </summary>
    private static async Task FirstSlotAsync(TestCluster cluster, MoveEnds ends)
    {
        var (giver, taker) = (ends.Step.From, ends.Step.Node);
        await cluster.AskAsync(2, "CLUSTER", "SETSLOT", "0", "IMPORTING", giver.Value);
        await cluster.AskAsync(0, "CLUSTER", "SETSLOT", "0", "MIGRATING", taker.Value);
        await cluster.Host.PauseAsync(cluster.Name(4), default);
        try
        {
            var node = await cluster.Session.ConnectAsync(await cluster.MemberAsync(2), default);
            var reply = await node.SendAsync(RespCommand.Of("CLUSTER", "SETSLOT", "0", "NODE", taker.Value), default);
            Assert.StartsWith("NOREPLICAS", Assert.IsType<RespValue.Error>(reply).Text);
            Assert.True(
                await TestCluster.BecomesAsync(async () =>
                    (await ends.OwnRowAsync(cluster.Name(3), default))?.Primary == ends.Step.From
                )
            );
        }
        finally
        {
            await cluster.Host.ResumeAsync(cluster.Name(4), default);
        }
    }
}
