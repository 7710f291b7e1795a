using Slotwright.Core.Cluster;
using Slotwright.Integration.Tests.Support;

namespace Slotwright.Integration.Tests.Repair;

/// <summary>Members that came back as others, and members that were forgotten.</summary>
public sealed class NodeTests
{
    [Theory, MemberData(nameof(SlotTests.Versions), MemberType = typeof(SlotTests))]
    public async Task A_member_that_came_back_empty_joins_and_what_it_was_is_forgotten(string version)
    {
        await using var cluster = await TestCluster.FormAsync(version);
        await cluster.AskAsync(0, "SET", Crash.Key(10, "a"), "x");
        var was = (await cluster.TopologyAsync()).NodeOf(cluster.Name(5))!;
        await ResetAsync(cluster, 5);
        await Crash.RepairAsync(cluster);
        var topology = await cluster.TopologyAsync();
        Assert.Null(topology.Find(was.Id));
        Assert.Equal(LinkState.InSync, topology.NodeOf(cluster.Name(5))!.Link);
        Assert.Equal(was.Primary, topology.NodeOf(cluster.Name(5))!.Primary);
        Assert.Equal(1, await Crash.KeysAsync(cluster));
    }

    [Theory, MemberData(nameof(SlotTests.Versions), MemberType = typeof(SlotTests))]
    public async Task A_member_that_others_have_forgotten_is_known_again(string version)
    {
        await using var cluster = await TestCluster.FormAsync(version);
        var forgotten = await Crash.IdAsync(cluster, 5);
        await cluster.AskAsync(0, "CLUSTER", "FORGET", forgotten);
        await cluster.AskAsync(1, "CLUSTER", "FORGET", forgotten);
        await Crash.RepairAsync(cluster);
        Assert.All((await cluster.ObserveAsync()).Topology.Nodes, n => Assert.True(n.Joined));
    }

    [Theory, MemberData(nameof(SlotTests.Versions), MemberType = typeof(SlotTests))]
    public async Task A_replica_of_one_that_is_gone_follows_another(string version)
    {
        await using var cluster = await TestCluster.FormAsync(version);
        await cluster.AskAsync(1, "SET", Crash.Key(6000, "a"), "x");
        var gone = await ResetAsync(cluster, 5);
        var hub = await cluster.MemberAsync(0);
        await cluster.AskAsync(5, "CLUSTER", "MEET", hub.Address.Host, $"{hub.Address.Port}");
        Assert.True(await TestCluster.BecomesAsync(async () => await IsKnownAsync(cluster, 5)));
        var primary = await Crash.IdAsync(cluster, 5);
        await cluster.AskAsync(4, "CLUSTER", "REPLICATE", primary);
        Assert.True(
            await TestCluster.BecomesAsync(async () =>
                (await cluster.TopologyAsync()).NodeOf(cluster.Name(4)) is { Keys: 0, Link: LinkState.InSync }
            )
        );
        var left = await ResetAsync(cluster, 5);

        await Crash.RepairAsync(cluster);

        var topology = await cluster.TopologyAsync();
        Assert.Equal(6, topology.Nodes.Length);
        Assert.DoesNotContain(topology.Nodes, n => n.Id == gone || n.Id == left);
        Assert.All(topology.Shards(), s => Assert.Equal(LinkState.InSync, Assert.Single(s.Replicas).Link));
        Assert.Equal(1, await Crash.KeysAsync(cluster));
    }

    [Fact]
    public async Task A_stranger_that_lives_is_named_and_left_alone()
    {
        await using var cluster = await TestCluster.FormAsync();
        await using var foreign = await RawServer.StartBesideAsync(cluster, 250);
        await cluster.AskAsync(0, "CLUSTER", "MEET", foreign.Address.Host, $"{foreign.Address.Port}");
        Assert.True(await TestCluster.BecomesAsync(async () => await foreign.KnownAsync() == 7));
        var id = await foreign.IdAsync();
        Assert.True(
            await TestCluster.BecomesAsync(async () =>
                (await cluster.ObserveAsync()).Views.All(v => v.Report!.Known.Any(p => p.Id == id))
            )
        );

        var told = await cluster.RunAsync("repair", "--yes");
        Assert.True(told.ExitCode == ExitCode.Refused, $"{told}");
        Assert.Contains("it is no member and not known to be dead", told.Error);
        Assert.Equal(7, await foreign.KnownAsync());

        for (var ordinal = 0; ordinal < 6; ordinal++) // what the finding says
        {
            await cluster.AskAsync(ordinal, "CLUSTER", "FORGET", id.Value);
        }
        await Crash.RepairAsync(cluster);
    }

    /// <summary>It comes back as another, and what it was is dead to all.</summary>
    private static async Task<NodeId> ResetAsync(TestCluster cluster, int ordinal)
    {
        var was = (await cluster.TopologyAsync()).NodeOf(cluster.Name(ordinal))!.Id;
        await cluster.AskAsync(ordinal, "CLUSTER", "RESET", "HARD");
        Assert.True(
            await TestCluster.BecomesAsync(async () => (await cluster.TopologyAsync()).Find(was) is { Failed: true })
        );
        return was;
    }

    private static async Task<bool> IsKnownAsync(TestCluster cluster, int ordinal) =>
        (await cluster.TopologyAsync()).NodeOf(cluster.Name(ordinal)) is { Joined: true, Alone: false };
}
