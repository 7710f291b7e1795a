using Slotwright.Core.Cluster;
using Slotwright.Core.Slots;
using Slotwright.Core.Tests.Cluster;
using Slotwright.Core.Tests.Support;

namespace Slotwright.Core.Tests.Observing;

public sealed class SlotClaimTests
{
    private static readonly Topology Formed = SixMembers.Formed;

    [Fact]
    public void Of_two_that_claim_a_slot_the_higher_epoch_has_it()
    {
        var views = Views
            .Of(Formed)
            .Says(0, of: 0, row => row with { ConfigEpoch = 5 })
            .Says(1, of: 1, row => row with { ConfigEpoch = 7, Slots = SlotSet.Of(5000, 10922) });

        var merged = views.Merged(Formed);

        Assert.Equal("0-4999", merged.Topology.NodeOf("m-0")!.Slots.ToString());
        Assert.Equal("5000-10922", merged.Topology.NodeOf("m-1")!.Slots.ToString());
        Assert.Contains(
            merged.Disagreements,
            d => d.Subject == "m-0" && d.What == "takes itself for the owner of slots 5000-5460"
        );
        var turned = views.Says(0, of: 0, row => row with { ConfigEpoch = 8 }).Merged(Formed);
        Assert.Equal("5461-10922", turned.Topology.NodeOf("m-1")!.Slots.ToString());
    }

    [Fact]
    public void With_equal_epochs_the_lower_id_has_it_and_each_slot_has_one_owner()
    {
        var merged = Views
            .Of(Formed)
            .Says(0, of: 0, row => row with { ConfigEpoch = 5 })
            .Says(1, of: 1, row => row with { ConfigEpoch = 5, Slots = SlotSet.All })
            .Merged(Formed);
        Assert.Equal("0-5460", merged.Topology.NodeOf("m-0")!.Slots.ToString());
        Assert.Equal(16384, merged.Topology.Nodes.Sum(n => n.Slots.Count));
    }

    [Fact]
    public void For_one_that_is_silent_the_others_speak()
    {
        var merged = Views.Of(Formed).Silence(0).Merged(Formed);
        Assert.Equal("0-5460", merged.Topology.NodeOf("m-0")!.Slots.ToString());
        Assert.False(merged.Topology.NodeOf("m-0")!.Reachable);
    }

    [Fact]
    public void Who_took_over_from_one_that_is_silent_has_the_slots()
    {
        var heir = SixMembers.Id(5);
        var views = Views
            .Of(Formed)
            .Silence(0)
            .Says(5, heir, row => row with { Primary = null, ConfigEpoch = 9, Slots = SlotSet.Of(0, 5460) });
        var merged = views.Merged(Formed);
        Assert.Equal(heir, merged.Topology.OwnerOf(0)!.Id);
        Assert.True(merged.Topology.NodeOf("m-0")!.Slots.IsEmpty);
    }
}
