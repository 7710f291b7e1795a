using System.Net;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Local.Hosting;
using Slotwright.Local.Network;
using Slotwright.Local.Servers;
using Slotwright.Local.State;

namespace Slotwright.Unit.Tests.Local;

public sealed class AddressChoiceTests
{
    private static readonly PortRange Usual = new(32768, 60999);

    [Theory]
    [InlineData("", 7400)]
    [InlineData("7399", 7400)]
    [InlineData("7405", 7500)]
    [InlineData("7406", 7400)]
    [InlineData("17402", 7500)]
    [InlineData("7400 17500", 7600)]
    public void The_first_block_whose_client_and_bus_ports_are_free_is_taken(string taken, int block)
    {
        var ports = taken.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse).ToHashSet();
        Assert.Equal(block, PortBlocks.FirstFree(6, Usual, ports.Contains));
    }

    [Fact]
    public void Bus_ports_stay_below_the_ephemeral_range_whatever_it_is()
    {
        Assert.Equal(7400, PortBlocks.FirstFree(6, new PortRange(17_406, 60_999), _ => false));
        Assert.Null(PortBlocks.FirstFree(6, new PortRange(17_405, 60_999), _ => false));
        Assert.Null(PortBlocks.FirstFree(6, Usual, _ => true));
    }

    [Fact]
    public void A_cluster_beside_a_stopped_one_does_not_get_its_ports()
    {
        var first = Plan(new LocalSpec(), []);
        Assert.Equal(7400, first.Addresses[0].Port);
        Assert.Equal(7500, Plan(new LocalSpec(), [first]).Addresses[0].Port);
    }

    [Fact]
    public void Listeners_of_others_are_left_alone()
    {
        Listener[] listeners = [new(IPAddress.IPv6Any, 7402, 1), new(IPAddress.Parse("10.1.1.1"), 7502, 2)];
        Assert.Equal(7500, Plan(new LocalSpec(), [], listeners).Addresses[0].Port);
    }

    [Fact]
    public void Own_addresses_are_of_one_network_that_no_other_cluster_has()
    {
        var spec = new LocalSpec { OwnAddresses = true };
        var first = Plan(spec, []);
        var second = Plan(spec, [first]);
        var third = Plan(spec, [], [new(IPAddress.Parse(first.Addresses[0].Host), 80, 1)]);
        Assert.Equal(first.Addresses[0], new NodeAddress($"{first.Network}.1", 6379));
        Assert.Equal(first.Network, Plan(spec, []).Network);
        Assert.NotEqual(first.Network, second.Network);
        Assert.NotEqual(first.Network, third.Network);
        Assert.NotEqual("127.0", first.Network![..5]);
    }

    [Fact]
    public void New_addresses_are_none_that_a_member_has_even_when_all_of_the_most_members_move()
    {
        var cluster = Plan(new LocalSpec { OwnAddresses = true, Members = 126 }, []);
        for (var round = 0; round < 5; round++)
        {
            var moved = NewAddresses.Give(cluster, [.. Enumerable.Range(0, 126)], []);
            Assert.Empty(moved.Addresses.Intersect(cluster.Addresses));
            Assert.Equal(126, moved.Addresses.Distinct().Count());
            cluster = moved;
        }
    }

    [Fact]
    public void New_addresses_are_given_only_to_those_named()
    {
        var cluster = Plan(new LocalSpec { OwnAddresses = true }, []);
        var moved = NewAddresses.Give(cluster, [2], []);
        Assert.Equal(cluster.Addresses.RemoveAt(2), moved.Addresses.RemoveAt(2));
        Assert.Equal($"{cluster.Network}.7", moved.Addresses[2].Host);
    }

    [Fact]
    public void A_network_that_is_full_is_told_instead_of_searched_forever() =>
        Assert.Throws<OperationFailedException>(() => LoopbackNetworks.Take("127.1.1", 1, 1, _ => true));

    private static ClusterFile Plan(LocalSpec spec, ClusterFile[] others, Listener[]? listeners = null) =>
        ClusterPlanner.Plan(
            spec,
            new ServerBinary("/usr/bin/valkey-server", new Version(9, 1, 2), ServerSource.Path),
            seed: "/state/local/valkey",
            [.. others],
            [.. listeners ?? []],
            Usual,
            machineMemory: 1L << 34,
            DateTimeOffset.UnixEpoch
        );
}
