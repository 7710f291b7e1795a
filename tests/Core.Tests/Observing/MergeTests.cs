using Slotwright.Core.Cluster;
using Slotwright.Core.Observing;
using Slotwright.Core.Slots;
using Slotwright.Core.Tests.Cluster;
using Slotwright.Core.Tests.Support;

namespace Slotwright.Core.Tests.Observing;

public sealed class MergeTests
{
    private static readonly Topology Formed = SixMembers.Formed;

    [Fact]
    public void Six_nodes_that_agree_make_the_topology_that_they_see()
    {
        var merged = Views.Of(Formed).Merged(Formed);
        Assert.Equal(Formed.Text(), merged.Topology.Text());
        Assert.Empty(merged.Disagreements);
    }

    [Fact]
    public void Of_its_role_a_node_knows_best_itself()
    {
        var merged = Views.Of(Formed).Says(0, of: 3, row => row with { Primary = null }).Merged(Formed);
        Assert.Equal(SixMembers.Id(1), merged.Topology.NodeOf("m-3")!.Primary);
        var one = Assert.Single(merged.Disagreements);
        Assert.Equal(("role-disagreement", "m-0"), (one.Code, one.Subject));
        Assert.Equal("takes m-3 for a primary, which is a replica of m-1", one.What);
    }

    [Fact]
    public void Of_a_node_that_is_silent_the_one_with_the_highest_epoch_knows_best()
    {
        var merged = Views
            .Of(Formed)
            .Silence(3)
            .OthersSay(SixMembers.Id(3), row => row with { Primary = SixMembers.Id(0), ConfigEpoch = 1 })
            .Says(4, SixMembers.Id(3), row => row with { Primary = SixMembers.Id(2), ConfigEpoch = 2 })
            .Merged(Formed);
        var node = merged.Topology.NodeOf("m-3")!;
        Assert.Equal(SixMembers.Id(2), node.Primary);
        Assert.Equal((false, LinkState.Down), (node.Reachable, node.Link));
        Assert.Equal("connection refused", merged.ViewOf("m-3")!.Unreachable);
    }

    [Fact]
    public void Links_offsets_and_keys_are_a_node_s_own_words()
    {
        var merged = Views
            .Of(Formed)
            .WithServer(3, s => s with { PrimaryLinkUp = false, SyncInProgress = true, Offset = 40, Keys = 2 })
            .WithServer(4, s => s with { PrimaryLinkUp = false })
            .Merged(Formed);
        var syncing = merged.Topology.NodeOf("m-3")!;
        Assert.Equal((LinkState.Syncing, 40, 2), (syncing.Link, syncing.Offset, syncing.Keys));
        Assert.Equal(LinkState.Down, merged.Topology.NodeOf("m-4")!.Link);
        Assert.Equal(LinkState.None, merged.Topology.NodeOf("m-0")!.Link);
    }

    [Fact]
    public void A_node_is_failed_where_most_of_the_others_say_so()
    {
        var views = Views.Of(Formed).Silence(0);
        PeerRow Fail(PeerRow row) => row with { Flags = row.Flags | PeerFlags.Fail };
        var two = views.Says(1, SixMembers.Id(0), Fail).Says(2, SixMembers.Id(0), Fail);
        Assert.False(two.Merged(Formed).Topology.NodeOf("m-0")!.Failed);
        Assert.True(two.Says(3, SixMembers.Id(0), Fail).Merged(Formed).Topology.NodeOf("m-0")!.Failed);
    }

    [Fact]
    public void Peers_in_a_handshake_are_no_nodes_yet()
    {
        var stranger = Views.Stranger();
        var merged = Views.Of(Formed).Learns(0, stranger with { Flags = PeerFlags.Handshake }).Merged(Formed);
        Assert.Equal(6, merged.Topology.Nodes.Length);
        Assert.Empty(merged.Disagreements);
        Assert.Contains(
            Views.Of(Formed).Learns(0, stranger).Merged(Formed).Disagreements,
            d => d.Code == "foreign-node"
        );
    }

    [Fact]
    public void A_node_that_one_does_not_know_is_joined_only_in_part()
    {
        var merged = Views.Of(Formed).Forgets(1, node: 5).Merged(Formed);
        Assert.Equal(("node-unknown", "m-1"), (merged.Disagreements[0].Code, merged.Disagreements[0].Subject));
        Assert.Equal(["m-1", "m-5"], merged.Topology.Nodes.Where(n => !n.Joined).Select(n => n.Member));
        Assert.DoesNotContain(merged.Topology.Nodes, n => n.Apart);
    }

    [Fact]
    public void Nobody_answers_and_nothing_is_known()
    {
        var views = Enumerable.Range(0, 6).Aggregate(Views.Of(Formed), (v, i) => v.Silence(i));
        var merged = views.Merged(Formed);
        Assert.Empty(merged.Topology.Nodes);
        Assert.Equal(6, merged.Topology.Members.Count);
        Assert.Empty(merged.Disagreements);
    }

    [Fact]
    public void A_node_that_does_not_know_its_own_address_has_the_one_that_its_peers_know()
    {
        var fresh = Members.Fresh(3, 3);
        var alone = Views.Of(fresh).Says(1, of: 1, row => row with { Address = null }).Merged(fresh);
        Assert.Equal(Members.Address(1), alone.Topology.NodeOf("m-1")!.Address);

        var moved = new NodeAddress("10.9.9.9", 6379);
        var met = Views
            .Of(Formed)
            .Says(3, of: 3, row => row with { Address = null })
            .OthersSay(SixMembers.Id(3), row => row with { Address = moved })
            .Merged(Formed);
        Assert.Equal(moved, met.Topology.NodeOf("m-3")!.Address);
    }

    [Fact]
    public void Slots_that_nobody_claims_are_nobody_s()
    {
        var merged = Views.Of(Formed).Says(0, of: 0, row => row with { Slots = SlotSet.Of(0, 99) }).Merged(Formed);
        Assert.Equal("100-5460", SlotSet.All.Except(merged.Topology.Covered()).ToString());
        var one = Assert.Single(merged.Disagreements);
        Assert.Equal("m-1, m-2, m-3 and 2 more", one.Subject);
        Assert.Equal("has m-0 as the owner of slots 100-5460, which says otherwise itself", one.What);
    }
}
