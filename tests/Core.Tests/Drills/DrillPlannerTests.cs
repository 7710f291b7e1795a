using Slotwright.Core.Cluster;
using Slotwright.Core.Drills;
using Slotwright.Core.Failures;
using Slotwright.Core.Tests.Cluster;

namespace Slotwright.Core.Tests.Drills;

public sealed class DrillPlannerTests
{
    private static readonly DrillTimes Times = new(TimeSpan.FromSeconds(40), null);

    [Theory]
    [InlineData(DrillKind.KillPrimary, "m-0")]
    [InlineData(DrillKind.PausePrimary, "m-0")]
    [InlineData(DrillKind.Partition, "m-0")]
    [InlineData(DrillKind.KillReplica, "m-5")]
    [InlineData(DrillKind.ZoneOutage, "m-0,m-3")]
    [InlineData(DrillKind.RollingRestart, "m-0,m-1,m-2,m-3,m-4,m-5")]
    [InlineData(DrillKind.Upgrade, "m-0,m-1,m-2,m-3,m-4,m-5")]
    [InlineData(DrillKind.WholeRestart, "m-0,m-1,m-2,m-3,m-4,m-5")]
    public void Each_drill_hurts_whom_it_is_named_after(DrillKind kind, string victims)
    {
        var plan = DrillPlanner.Plan(kind, SixMembers.Formed, Times);

        Assert.Equal(victims, string.Join(',', plan.Victims));
        Assert.Equal(1, plan.WaitReplicas);
        Assert.Equal(plan.Deed, DrillPlanner.Plan(kind, SixMembers.Formed, Times).Deed);
    }

    [Fact]
    public void Heirs_are_waited_for_where_a_primary_goes_whose_replica_stays()
    {
        Assert.Equal("m-0", Assert.Single(Bereft(DrillKind.KillPrimary)).Primary);
        Assert.Equal("m-0", Assert.Single(Bereft(DrillKind.ZoneOutage)).Primary);
        Assert.Empty(Bereft(DrillKind.KillReplica));
        Assert.Empty(Bereft(DrillKind.RollingRestart));

        IEnumerable<DrillShard> Bereft(DrillKind kind) => DrillPlanner.Plan(kind, SixMembers.Formed, Times).Bereft;
    }

    [Fact]
    public void A_primary_that_has_a_replica_is_preferred()
    {
        var topology = SixMembers.Formed with { Nodes = [.. SixMembers.Formed.Nodes.Where(n => n.Member != "m-5")] };

        Assert.Equal(["m-1"], DrillPlanner.Plan(DrillKind.KillPrimary, topology, Times).Victims);
    }

    [Fact]
    public void Without_replicas_no_write_is_to_be_confirmed_and_no_replica_can_be_killed()
    {
        var topology = new Topology(SixMembers.Members(3), [.. SixMembers.Formed.Nodes.Where(n => n.IsPrimary)]);

        Assert.Equal(0, DrillPlanner.Plan(DrillKind.KillPrimary, topology, Times).WaitReplicas);
        Assert.Throws<RefusedException>(() => DrillPlanner.Plan(DrillKind.KillReplica, topology, Times));
    }

    [Theory]
    [InlineData("a")]
    [InlineData(null)]
    public void The_outage_of_the_only_zone_or_of_one_that_is_not_known_is_refused(string? zones)
    {
        var topology = SixMembers.Formed with { Members = SixMembers.Members(6, zones) };

        var e = Assert.Throws<RefusedException>(() => DrillPlanner.Plan(DrillKind.ZoneOutage, topology, Times));
        Assert.NotEqual("", Assert.Single(e.Findings).Remedy);
    }

    [Theory]
    [InlineData(2, 0.4, 1.5, 0.1)]
    [InlineData(45, 5, 33.75, 1)]
    public void A_drill_leaves_time_before_its_deed_and_after_its_cure(
        double duration,
        double before,
        double healBy,
        double hold
    )
    {
        var times = new DrillTimes(TimeSpan.FromSeconds(duration), null);

        Assert.Equal(
            (before, healBy, hold),
            (times.Before.TotalSeconds, times.HealBy.TotalSeconds, times.Hold.TotalSeconds)
        );
    }

    [Fact]
    public void Every_drill_is_found_by_its_name()
    {
        Assert.All(DrillKinds.All, kind => Assert.Equal(kind, DrillKinds.Find(kind.Name())));
        Assert.Null(DrillKinds.Find("meteorite"));
    }
}
