using Slotwright.Core.Cluster;
using Slotwright.Core.Health;
using Slotwright.Core.Slots;
using Slotwright.Core.Tests.Cluster;
using Slotwright.Core.Tests.Support;

namespace Slotwright.Core.Tests.Health;

public sealed class SlotsServedTests
{
    private static readonly Topology Formed = SixMembers.Formed;

    [Fact]
    public void In_a_cluster_that_is_well_all_are_served()
    {
        var observation = Views.Of(Formed).Merged(Formed);
        Assert.Equal(HashSlot.Count, SlotsServed.Of(observation).Count);
        Assert.False(SlotsServed.IsDivided(observation));
    }

    [Fact]
    public void An_owner_that_calls_the_state_fail_serves_nothing() =>
        Assert.Equal(
            "5461-16383",
            SlotsServed.Of(Views.Of(Formed).WithInfo(0, i => i with { StateOk = false }).Merged(Formed)).ToString()
        );

    [Fact]
    public void An_owner_that_does_not_answer_serves_nothing() =>
        Assert.Equal("5461-16383", SlotsServed.Of(Views.Of(Formed).Silence(0).Merged(Formed)).ToString());

    [Fact]
    public void An_owner_that_is_held_back_serves_nothing()
    {
        var observation = Views.Of(Formed).Merged(Formed);
        var held = observation.Topology.Shards()[0].Primary with { IsHeldBack = true };
        Assert.Equal(
            "5461-16383",
            SlotsServed.Of(observation with { Topology = observation.Topology.With(held) }).ToString()
        );
    }

    /// <summary>A bootstrap that was cut off: each owns its slots, and knows nobody.</summary>
    [Fact]
    public void Owners_that_know_nobody_are_no_cluster_and_serve_nothing()
    {
        var alone = Members.Fresh(3, 3);
        foreach (var (slots, i) in SlotSet.Split(3).Select((s, i) => (s, i)))
        {
            alone = alone.Change(Members.Name(i), n => n with { Slots = slots, Epoch = i + 1 });
        }
        var views = Views.Of(alone);
        for (var i = 0; i < 3; i++)
        {
            views = views.WithInfo(i, info => info with { StateOk = false });
        }
        var observation = views.Merged(alone);
        Assert.Equal(0, SlotsServed.Of(observation).Count);
        Assert.True(SlotsServed.IsDivided(observation));
    }

    [Fact]
    public void What_another_cluster_owns_is_not_served_by_this_one()
    {
        var two = TwoClusters.Of(Formed);
        var observation = Views.Of(two).Merged(two);
        Assert.Equal("5461-16383", SlotsServed.Of(observation).ToString());
        Assert.True(SlotsServed.IsDivided(observation));
        Assert.EndsWith("is not known to all.", Survival.Of(observation.Topology).Sentence(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_spare_member_that_never_met_the_others_divides_nothing()
    {
        var two = TwoClusters.Of(Formed).Change("m-6", n => n with { Slots = SlotSet.Empty });
        var observation = Views.Of(two).Merged(two);
        Assert.Equal(HashSlot.Count, SlotsServed.Of(observation).Count);
        Assert.False(SlotsServed.IsDivided(observation));
    }
}
