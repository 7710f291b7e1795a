using Slotwright.Core.Cluster;
using Slotwright.Core.Slots;
using Slotwright.Core.Tests.Cluster;
using Slotwright.Core.Tests.Support;

namespace Slotwright.Core.Tests.Observing;

/// <summary>Which of the nodes that answer are the cluster, where not all know each other.</summary>
public sealed class IslandTests
{
    [Fact]
    public void Of_members_that_never_met_the_lowest_ordinal_is_the_cluster()
    {
        var fresh = Members.Fresh(12, 3);
        var merged = Views.Of(fresh).Merged(fresh);
        Assert.Equal(fresh.Text(), merged.Topology.Text());
        Assert.Empty(merged.Disagreements);
        Assert.Equal("m-0", Assert.Single(merged.Topology.Nodes, n => n.Joined).Member);
        Assert.All(merged.Topology.Nodes, n => Assert.True(n.Alone));
    }

    [Fact]
    public void Ordinals_count_as_numbers()
    {
        var fresh = Members.Fresh(12, 3);
        var views = Enumerable.Range(0, 2).Aggregate(Views.Of(fresh), (v, i) => v.Silence(i));
        Assert.Equal("m-2", Assert.Single(views.Merged(fresh).Topology.Nodes, n => !n.Apart).Member);
    }

    [Fact]
    public void The_island_with_the_most_slots_is_the_cluster_then_the_one_with_the_most_nodes()
    {
        var fresh = Members.Fresh(6, 3);
        var bySlots = Views.Of(fresh).Says(4, of: 4, row => row with { Slots = SlotSet.Of(0, 9) }).Merged(fresh);
        Assert.Equal(["m-4"], bySlots.Topology.Nodes.Where(n => n.Joined).Select(n => n.Member));

        Topology met = fresh.Change("m-3", n => n with { Alone = false }).Change("m-5", n => n with { Alone = false });
        var byNodes = Views.Of(met).Merged(met);
        Assert.Equal(["m-3", "m-5"], byNodes.Topology.Nodes.Where(n => n.Joined).Select(n => n.Member));
        Assert.Equal(4, byNodes.Topology.Nodes.Count(n => n.Apart));
    }

    [Fact]
    public void Who_knows_one_of_the_cluster_belongs_to_it_though_not_all_know_each_other_yet()
    {
        var views = Views.Of(SixMembers.Formed);
        foreach (var i in new[] { 1, 2, 3, 4, 5 })
        {
            foreach (var other in new[] { 1, 2, 3, 4, 5 }.Where(o => o != i))
            {
                views = views.Forgets(i, other);
            }
        }
        var merged = views.Merged(SixMembers.Formed);
        Assert.DoesNotContain(merged.Topology.Nodes, n => n.Apart || n.Alone);
        Assert.Equal(["m-0"], merged.Topology.Nodes.Where(n => n.Joined).Select(n => n.Member));
    }

    [Fact]
    public void A_member_that_came_back_empty_is_apart()
    {
        var lost = SixMembers.Formed.Without("m-5");
        var fresh = Members.Fresh(6, 3).NodeOf("m-5")! with { Address = SixMembers.Formed.Members["m-5"].Address };
        var topology = lost with { Nodes = [.. lost.Nodes, fresh] };
        var merged = Views.Of(topology).Merged(topology);
        Assert.True(merged.Topology.NodeOf("m-5") is { Apart: true, Alone: true, Joined: false });
        Assert.Empty(merged.Disagreements);
    }
}
