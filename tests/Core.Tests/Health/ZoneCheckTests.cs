using System.Collections.Immutable;
using CsCheck;
using Slotwright.Core.Cluster;
using Slotwright.Core.Health;
using Slotwright.Core.Placement;
using Slotwright.Core.Planning.Bootstrap;
using Slotwright.Core.Tests.Cluster;
using Slotwright.Core.Tests.Placement;
using Slotwright.Core.Tests.Support;

namespace Slotwright.Core.Tests.Health;

/// <summary>How a cluster lies over its zones, as verify judges it.</summary>
public sealed class ZoneCheckTests
{
    private static readonly Topology Formed = SixMembers.Formed;

    [Fact]
    public void One_primary_and_a_replica_of_another_in_each_zone_is_right() =>
        Assert.Equal("primaries: 1 in az-a, 1 in az-b, 1 in az-c", Assert.Single(Zones(Formed)).What);

    [Fact]
    public void A_replica_in_its_primary_s_zone_is_found()
    {
        // m-3 and m-5 exchange their primaries: m-3 of az-a then replicates m-0 of az-a
        var swapped = Formed
            .Change("m-3", n => n with { Primary = SixMembers.Id(0) })
            .Change("m-5", n => n with { Primary = SixMembers.Id(1) });
        var finding = Assert.Single(Zones(swapped));
        Assert.Equal(("shard-in-one-zone", Verdict.Failed), (finding.Code, finding.Verdict));
        Assert.Equal("m-0 and all its replicas are in az-a", finding.What);
    }

    [Fact]
    public void One_of_two_replicas_in_its_primary_s_zone_is_found()
    {
        // nine members, three shards: m-3 (az-a) and m-4 (az-b) exchange the shards of m-1 and m-0
        var nine = Placed(9, 3, 2);
        Assert.Equal(Verdict.Ok, Assert.Single(Zones(nine)).Verdict);
        var own = nine.Shards()[0];
        var other = nine.Shards()[1];
        var beside = other.Replicas.First(r => nine.ZoneOf(r) == nine.ZoneOf(own.Primary));
        var away = own.Replicas[0];
        var swapped = nine.With(beside with { Primary = own.Primary.Id })
            .With(away with { Primary = other.Primary.Id });
        Assert.Contains(Zones(swapped), f => f is { Code: "replica-in-primary-zone", Verdict: Verdict.Failed });
    }

    [Fact]
    public void Two_replicas_in_one_zone_are_found_where_another_zone_has_none()
    {
        var nine = Placed(9, 3, 2);
        var (a, b) = (nine.Shards()[0], nine.Shards()[1]);
        // replicas that are in neither primary's zone change places with one of the other shard's
        var zones = new[] { "az-a", "az-b", "az-c" };
        var free = zones.Single(z => z != nine.ZoneOf(a.Primary) && z != nine.ZoneOf(b.Primary));
        var mine = a.Replicas.Single(r => nine.ZoneOf(r) != free);
        var theirs = b.Replicas.Single(r => nine.ZoneOf(r) == free);
        var swapped = nine.With(mine with { Primary = b.Primary.Id }).With(theirs with { Primary = a.Primary.Id });
        Assert.Contains(Zones(swapped), f => f is { Code: "shard-in-few-zones", Verdict: Verdict.Failed });
    }

    [Fact]
    public void A_zone_with_the_majority_of_primaries_is_found()
    {
        var finding = Assert.Single(Zones(FailedOver(Formed, "m-3")), f => f.Verdict != Verdict.Ok);
        Assert.Equal(("zone-majority", "az-a"), (finding.Code, finding.Subject));
        Assert.Equal("2 of 3 primaries are in this zone", finding.What);
    }

    [Fact]
    public void A_zone_with_more_than_its_share_is_found_though_it_is_no_majority()
    {
        var twelve = Placed(12, 3, 1);
        var heir = twelve.Shards().SelectMany(s => s.Replicas).First(r => twelve.ZoneOf(r) == "az-a").Member!;
        var finding = Assert.Single(Zones(FailedOver(twelve, heir)), f => f.Verdict != Verdict.Ok);
        Assert.Equal(("zone-crowded", "3 of 6 primaries are in this zone, 2 would do"), (finding.Code, finding.What));
    }

    [Fact]
    public void A_node_whose_zone_is_not_known_is_told_and_its_shard_not_judged()
    {
        var finding = Assert.Single(Zones(Formed.Move("m-3", null)));
        Assert.Equal(("zone-unknown", "m-3", Verdict.Warning), (finding.Code, finding.Subject, finding.Verdict));
    }

    [Fact]
    public void Without_zones_nothing_is_judged() =>
        Assert.Equal(
            "no zone is known: not judged",
            Assert.Single(Zones(Formed with { Members = SixMembers.Members(6, zones: null) })).What
        );

    [Fact]
    public void One_zone_for_all_is_not_judged() =>
        Assert.Equal(
            "all members are in az-a: not judged",
            Assert.Single(Zones(Formed with { Members = SixMembers.Members(6, zones: "a") })).What
        );

    [Fact]
    public void What_lopsided_zones_do_not_allow_is_a_warning()
    {
        // four members in az-a, two in az-b: one shard of three lies in az-a alone, whoever is what
        var lopsided = Placed(Requests.Sized(1, 4, 2));
        var finding = Assert.Single(Zones(lopsided));
        Assert.Equal(("shard-in-one-zone", Verdict.Warning), (finding.Code, finding.Verdict));
        Assert.Contains("allow no better", finding.Remedy);
    }

    [Fact]
    public void Members_that_make_no_whole_shards_are_judged_by_their_zones_sizes()
    {
        var seven = Formed with { Members = SixMembers.Members(7) };
        Assert.Equal(Verdict.Ok, Assert.Single(Zones(seven)).Verdict);
        Assert.Contains("zone-majority", Zones(FailedOver(seven, "m-3")).Codes());
    }

    /// <summary>What bootstrap makes of members in whatever zones, verify finds nothing to mend in.</summary>
    [Fact]
    public void What_is_placed_is_never_found_wrong() =>
        Requests
            .Any(36)
            .Sample(
                request =>
                {
                    var findings = Zones(Placed(request));
                    return findings.All(f => f.Verdict is Verdict.Ok or Verdict.Warning)
                        && LayoutDebt.Of(Placed(request)) == default;
                },
                iter: 200,
                print: Requests.Print
            );

    private static ImmutableArray<Finding> Zones(Topology topology) =>
        [
            .. ClusterChecks
                .Run(Views.Of(topology).Merged(topology), new Expectation(0, AtLeast: true))
                .Where(f => f.Code.Contains("zone", StringComparison.Ordinal)),
        ];

    private static Topology Placed(int members, int zones, int replicas) =>
        Placed(Requests.InTurn(members, zones, replicas));

    private static Topology Placed(PlacementRequest request)
    {
        var fresh = Members.Fresh(request.Members);
        var shape = new ClusterShape(request.Members.Length, request.ReplicasPerPrimary);
        return BootstrapPlanner.Plan(fresh, shape).Plan!.Outcome(fresh);
    }

    /// <summary>A replica takes its primary's place.</summary>
    private static Topology FailedOver(Topology topology, string heir)
    {
        var node = topology.NodeOf(heir)!;
        var old = topology.Find(node.Primary!.Value)!;
        return topology
            .With(node with { Primary = null, Slots = old.Slots, Link = LinkState.None })
            .With(old with { Primary = node.Id, Slots = Core.Slots.SlotSet.Empty, Link = LinkState.InSync });
    }
}
