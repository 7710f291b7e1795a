using System.Collections.Immutable;
using Slotwright.Core.Pods;
using Slotwright.Core.Tests.Cluster;

namespace Slotwright.Core.Tests.Pods;

public sealed class HandOverChoiceTests
{
    [Fact]
    public void None_is_chosen_where_none_is_in_sync()
    {
        Assert.Null(Best([], []));
        Assert.Null(Best([Replica(0, "a", 10, linkUp: false)], []));
    }

    [Fact]
    public void The_one_that_has_applied_most_takes_over()
    {
        Assert.Equal(1, Best([Replica(0, "", 10), Replica(1, "", 11), Replica(2, "", 99, linkUp: false)], []));
        Assert.Equal(0, Best([Replica(1, "", 10), Replica(0, "", 10)], []));
    }

    [Fact]
    public void One_that_keeps_the_zones_even_comes_before_one_that_is_a_little_ahead()
    {
        ImmutableArray<HandOverCandidate> replicas = [Replica(0, "a", 1000), Replica(1, "b", 900)];
        Assert.Equal(1, Best(replicas, ["a", "c"], zones: 3));
        Assert.Equal(0, Best(replicas, ["c", "c"], zones: 3));
        Assert.Equal(0, Best(replicas, ["a", "b"], zones: 3));
    }

    [Fact]
    public void A_zone_may_hold_its_share_rounded_up()
    {
        ImmutableArray<HandOverCandidate> replicas = [Replica(0, "a", 1000), Replica(1, "b", 900)];
        Assert.Equal(0, Best(replicas, ["a", "b", "c"], zones: 3));
        Assert.Equal(1, Best(replicas, ["a", "a", "c"], zones: 3));
    }

    [Fact]
    public void A_replica_far_behind_is_no_choice_for_the_zones_sake() =>
        Assert.Equal(0, Best([Replica(0, "a", 1L << 30), Replica(1, "b", 0)], ["a", "c"], zones: 3));

    private static int? Best(
        ImmutableArray<HandOverCandidate> replicas,
        ImmutableArray<string> others,
        int zones = 0
    ) => HandOverChoice.Best(replicas, others, zones)?.Id.Value[0] - 'a';

    private static HandOverCandidate Replica(int i, string zone, long offset, bool linkUp = true) =>
        new(SixMembers.Id(i), zone, linkUp, offset);
}
