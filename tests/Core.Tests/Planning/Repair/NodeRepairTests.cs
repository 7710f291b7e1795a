using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Core.Observing;
using Slotwright.Core.Planning.Repair;
using Slotwright.Core.Slots;
using Slotwright.Core.Tests.Cluster;
using Slotwright.Core.Tests.Support;

namespace Slotwright.Core.Tests.Planning.Repair;

public sealed class NodeRepairTests
{
    private static readonly PeerRow Dead = Views.Stranger() with { Flags = PeerFlags.Primary | PeerFlags.Fail };

    [Fact]
    public void A_failed_node_that_is_no_member_is_forgotten() =>
        Assert.Equal(["192.0.2.1:6379 is forgotten"], Left.Nothing.Changed(v => Know(v, Dead)).Steps());

    [Fact]
    public void One_that_owns_slots_is_not()
    {
        var owner = Dead with { Slots = SlotSet.Of(7, 7), ConfigEpoch = 99 };
        Assert.Equal(["owner-no-member"], Refusal(Left.Nothing.Changed(v => Know(v, owner))));
    }

    [Fact]
    public void One_that_lives_is_foreign_and_never_touched() =>
        Assert.Equal(["foreign-node"], Refusal(Left.Nothing.Changed(v => Know(v, Views.Stranger()))));

    [Fact]
    public void One_that_a_slot_is_on_its_way_to_is_kept()
    {
        var left = Left
            .Nothing.Changed(v => Know(v, Dead))
            .Changed(v => v.Says(0, 0, r => r with { OpenSlots = [new OpenSlot(7, Importing: false, Dead.Id)] }));
        Assert.Equal(["taker-silent", "foreign-node"], Refusal(left));
    }

    [Fact]
    public void An_empty_replica_of_one_that_is_gone_follows_another_before_it_is_forgotten() =>
        Assert.Equal(["m-5 replicates m-0", "192.0.2.1:6379 is forgotten"], Orphaned(keys: 0).Steps());

    [Fact]
    public void A_replica_of_one_that_is_gone_keeps_what_it_has()
    {
        Assert.Equal(["orphan-with-data"], Refusal(Orphaned(keys: 7)));
    }

    [Fact]
    public void A_member_that_was_never_joined_joins_and_replicates_where_a_replica_is_missing() =>
        Assert.Equal(["m-5 joins", "m-5 replicates m-0"], Left.Of(Apart(n => n)).Steps());

    [Fact]
    public void After_a_failed_node_is_forgotten_nobody_sees_a_stranger_and_members_join() =>
        Assert.Equal(
            ["192.0.2.1:6379 is forgotten", "m-5 joins", "m-5 replicates m-0"],
            Left.Of(Apart(n => n)).Changed(v => Know(v, Dead, 5)).Steps()
        );

    [Fact]
    public void A_member_apart_that_has_keys_is_left_alone() =>
        Assert.Equal(["member-with-data"], Refusal(Left.Of(Apart(n => n with { Keys = 3 }))));

    [Fact]
    public void An_empty_primary_becomes_a_replica_where_one_is_missing()
    {
        var empty = SixMembers.Formed.Change("m-5", n => n with { Primary = null, Link = LinkState.None });
        Assert.Equal(["m-5 replicates m-0"], Left.Of(empty).Steps());
    }

    [Fact]
    public void A_member_that_some_have_forgotten_is_made_known_to_each_of_them() =>
        Assert.Equal(
            ["m-0 gets to know m-5 again", "m-2 gets to know m-5 again"],
            Left.Nothing.Changed(v => v.Forgets(0, 5).Forgets(2, 5)).Steps()
        );

    [Fact]
    public void Keys_are_counted_also_at_a_member_that_somebody_has_forgotten()
    {
        var left = Left.Nothing.Unowned(7).Changed(v => v.Forgets(0, 2)).Has(2, 7, 4);
        Assert.Contains(RepairQuestions.Primaries(left.Seen.Topology), n => n.Member == "m-2");
        Assert.Equal(["m-0 gets to know m-2 again", "m-2 takes slots 7"], left.Steps());
    }

    [Fact]
    public void Without_a_cluster_there_is_nothing_to_mend() =>
        Assert.Equal(["slots-uncovered"], Refusal(Left.Of(Members.Fresh(6, 3))));

    private static System.Collections.Immutable.ImmutableArray<NodeView> Know(
        System.Collections.Immutable.ImmutableArray<NodeView> views,
        PeerRow peer,
        int members = 6
    ) => Enumerable.Range(0, members).Aggregate(views, (v, at) => v.Learns(at, peer));

    /// <summary>m-5 replicated one that has failed.</summary>
    private static Left Orphaned(long keys)
    {
        var views = Know(Left.Nothing.Views, Dead);
        for (var at = 0; at < 6; at++)
        {
            views = views.Says(at, 5, r => r with { Primary = Dead.Id });
        }
        return Left.Nothing with { Views = views.WithServer(5, s => s with { Keys = keys, PrimaryLinkUp = false }) };
    }

    /// <summary>m-5 knows nobody, and nobody knows it.</summary>
    private static Topology Apart(Func<Node, Node> change) =>
        SixMembers.Formed.Change(
            "m-5",
            n => change(n with { Primary = null, Link = LinkState.None, Joined = false, Alone = true, Apart = true })
        );

    private static string[] Refusal(Left left) =>
        [.. Assert.Throws<RefusedException>(() => left.Plan()).Findings.Codes()];
}
