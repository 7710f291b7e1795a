using Slotwright.Core.Cluster;
using Slotwright.Core.Health;
using Slotwright.Core.Slots;
using Slotwright.Core.Tests.Cluster;
using Slotwright.Core.Tests.Support;

namespace Slotwright.Core.Tests.Health;

public sealed class SurvivalTests
{
    private static readonly Topology Formed = SixMembers.Formed;

    [Fact]
    public void A_good_cluster_survives_any_node_and_any_zone() =>
        Says("It survives the loss of any one node and of any one zone.", Formed);

    [Fact]
    public void Owners_of_slots_that_do_not_know_each_other_are_no_whole() =>
        Says(
            "It is not whole now, and which failures it would survive can't be said: m-1, which owns slots 5461-10922, is not known to all.",
            Formed.Change("m-1", n => n with { Joined = false })
        );

    [Fact]
    public void A_shard_within_one_zone_does_not_survive_it() =>
        Says(
            "It survives the loss of any one node, but not the loss of zone az-a (nobody else in sync has slots 0-5460).",
            Formed
                .Change("m-3", n => n with { Primary = SixMembers.Id(0) })
                .Change("m-5", n => n with { Primary = SixMembers.Id(1) })
        );

    [Fact]
    public void Without_a_majority_left_nobody_is_elected() =>
        Says(
            "It survives the loss of any one node, but not the loss of zone az-a (1 of 3 primaries would be left, no majority to elect).",
            Formed
                .Change("m-3", n => n with { Primary = null, Slots = SlotSet.Split(3)[1], Link = LinkState.None })
                .Change(
                    "m-1",
                    n => n with { Primary = SixMembers.Id(3), Slots = SlotSet.Empty, Link = LinkState.InSync }
                )
        );

    [Fact]
    public void A_primary_without_a_replica_in_sync_is_not_survived() =>
        Says(
            "It does not survive the loss of node m-1 (nobody else in sync has slots 5461-10922), nor the loss of zone az-b (nobody else in sync has slots 5461-10922).",
            Formed.Change("m-3", n => n with { Link = LinkState.Syncing })
        );

    [Fact]
    public void Without_replicas_no_primary_is_survived() =>
        Assert.Equal(["m-0", "m-1", "m-2"], Survival.Of(Formed with { Nodes = [.. Formed.Nodes.Take(3)] }).Nodes.Keys);

    [Fact]
    public void Two_primaries_can_t_outvote_the_loss_of_one() =>
        Assert.Equal(
            "1 of 2 primaries would be left, no majority to elect",
            Survival.Of(Formed.Without("m-2").Without("m-4")).Nodes.GetValueOrDefault("m-0")
                ?? Survival
                    .Of(
                        Formed
                            .Without("m-2")
                            .Without("m-4")
                            .Change("m-1", n => n with { Slots = SlotSet.Of(5461, 16383) })
                    )
                    .Nodes["m-0"]
        );

    [Fact]
    public void Of_zones_that_are_not_known_nothing_is_said() =>
        Says(
            "It survives the loss of any one node; zones are not known well enough to say more.",
            Formed.Move("m-4", null)
        );

    [Fact]
    public void All_in_one_zone_does_not_survive_it() =>
        Says(
            "It survives the loss of any one node, but not the loss of zone az-a (nobody else in sync has the slots of 3 shards).",
            Formed with
            {
                Members = SixMembers.Members(6, zones: "a"),
            }
        );

    [Fact]
    public void What_is_down_already_is_said_instead()
    {
        Says(
            "It is not whole now, and which failures it would survive can't be said: m-0, which owns slots 0-5460, does not answer.",
            Formed.Change("m-0", n => n with { Reachable = false })
        );
        Says(
            "It is not whole now, and which failures it would survive can't be said: slots 5000-5460 have no owner.",
            Formed.Change("m-0", n => n with { Slots = SlotSet.Of(0, 4999) })
        );
        Says(
            "It is not whole now, and which failures it would survive can't be said: no slot has an owner.",
            Members.Fresh(6, 3)
        );
    }

    private static void Says(string sentence, Topology topology) =>
        Assert.Equal(sentence, Survival.Of(topology).Sentence());
}
