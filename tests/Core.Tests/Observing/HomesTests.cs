using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Health;
using Slotwright.Core.Observing;
using Slotwright.Core.Slots;
using Slotwright.Core.Tests.Cluster;
using Slotwright.Core.Tests.Support;

namespace Slotwright.Core.Tests.Observing;

/// <summary>Which member a node is, where the node does not say so itself: its own, a former one, or a stranger.</summary>
public sealed class HomesTests
{
    private static readonly Topology Formed = SixMembers.Formed;

    [Fact]
    public void A_silent_member_s_node_is_known_by_its_hostname_at_whatever_address()
    {
        var merged = Views
            .Of(Formed)
            .Silence(3)
            .OthersSay(SixMembers.Id(3), row => row with { Address = new NodeAddress("10.9.9.9", 1) })
            .Merged(Formed);
        Assert.Equal(SixMembers.Id(3), merged.Topology.NodeOf("m-3")!.Id);
        Assert.Empty(merged.Disagreements);
    }

    [Fact]
    public void Where_all_announce_one_hostname_the_address_decides()
    {
        var one = Formed with
        {
            Members = Formed.Members.ToImmutableSortedDictionary(
                m => m.Key,
                m => m.Value with { Hostname = "balancer.test" },
                StringComparer.Ordinal
            ),
            Nodes = [.. Formed.Nodes.Select(n => n with { Hostname = "balancer.test" })],
        };
        var merged = Views.Of(one).Silence(3).Merged(one);
        Assert.Equal(SixMembers.Id(3), merged.Topology.NodeOf("m-3")!.Id);

        var stranger = Views.Of(one).Learns(0, Views.Stranger("balancer.test")).Merged(one);
        Assert.Equal(["foreign-node"], stranger.Disagreements.Codes());
    }

    [Fact]
    public void A_node_that_is_nobody_s_is_foreign_and_so_are_those_who_know_it()
    {
        var merged = Views.Of(Formed).Learns(2, Views.Stranger()).Merged(Formed);
        var foreign = Assert.Single(merged.Disagreements);
        Assert.Equal(("foreign-node", Verdict.Failed), (foreign.Code, foreign.Verdict));
        Assert.Contains("known to m-2", foreign.What);
        Assert.Equal(["m-2"], merged.Topology.Nodes.Where(n => n.SeesForeign).Select(n => n.Member));
        Assert.Null(merged.Topology.Find(Views.Stranger().Id)!.Member);
    }

    [Fact]
    public void A_dead_node_whose_member_answers_under_another_id_is_a_former_one()
    {
        var dead = Views.Stranger("m-5.test") with { Linked = false, Flags = PeerFlags.Primary | PeerFlags.Fail };
        var merged = Views.Of(Formed).Learns(0, dead).Merged(Formed);
        Assert.Equal(["former-node"], merged.Disagreements.Codes());
        Assert.Equal(Verdict.Warning, merged.Disagreements[0].Verdict);
        Assert.DoesNotContain(merged.Topology.Nodes, n => n.SeesForeign);
    }

    [Fact]
    public void A_former_node_that_still_owns_slots_is_grave()
    {
        var dead = Views.Stranger("m-5.test") with { Linked = false, ConfigEpoch = 99, Slots = SlotSet.Of(0, 5) };
        var merged = Views.Of(Formed).Learns(0, dead).Merged(Formed);
        Assert.Equal(Verdict.Failed, merged.Disagreements.Single(d => d.Code == "former-node").Verdict);
    }

    /// <summary>Two clusters of the same name announce the same hostnames.</summary>
    [Fact]
    public void A_living_namesake_of_a_member_that_answers_is_foreign()
    {
        var merged = Views.Of(Formed).Learns(0, Views.Stranger("m-5.test")).Merged(Formed);
        Assert.Equal(["foreign-node"], merged.Disagreements.Codes());
        Assert.Equal(["m-0"], merged.Topology.Nodes.Where(n => n.SeesForeign).Select(n => n.Member));
    }

    [Fact]
    public void A_node_without_an_address_can_t_be_met_and_is_only_a_leftover()
    {
        var gone = Views.Stranger() with { Address = null, Linked = false, Flags = PeerFlags.NoAddress };
        var merged = Views.Of(Formed).Learns(0, gone).Merged(Formed);
        Assert.Equal(["former-node"], merged.Disagreements.Codes());
        Assert.Equal("99999999", merged.Disagreements[0].Subject);
    }
}
