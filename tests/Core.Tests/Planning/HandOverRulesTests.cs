using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Planning;
using Slotwright.Core.Planning.Steps;
using Slotwright.Core.Tests.Cluster;
using Slotwright.Core.Tests.Support;

namespace Slotwright.Core.Tests.Planning;

/// <summary>The referee of hand-overs and restarts: each crime is found, and what is no crime is let through.</summary>
public sealed class HandOverRulesTests
{
    private const string Why = "a test";

    private static readonly Topology Formed = SixMembers.Formed with
    {
        Nodes = [.. SixMembers.Formed.Nodes.Select(n => n with { Offset = 1000 })],
    };

    /// <summary>m-0 is dead, and m-5 is its replica.</summary>
    private static readonly Topology Dead = Formed
        .Change("m-0", n => n with { Reachable = false, Failed = true })
        .Change("m-5", n => n with { Link = LinkState.Down });

    private static readonly HandOver Planned = new(
        "m-5",
        SixMembers.Id(5),
        "m-0",
        SixMembers.Id(0),
        HandOverKind.Planned
    )
    {
        Reason = Why,
    };

    private static readonly HandOver Forced = Planned with { Kind = HandOverKind.Force };
    private static readonly HandOver Taken = Planned with { Kind = HandOverKind.Takeover };
    private static readonly RestartMember Restart = new("m-5", SixMembers.Id(5), "2") { Reason = Why };

    [Fact]
    public void A_replica_in_sync_may_take_over()
    {
        Assert.Empty(Check(Formed, Planned));
        Assert.Empty(Check(Formed.Change("m-5", n => n with { Offset = 10 }), Planned));
    }

    [Theory]
    [InlineData(LinkState.Down)]
    [InlineData(LinkState.Syncing)]
    public void A_replica_that_is_not_in_sync_and_takes_over_is_found(LinkState link) =>
        Assert.Contains("taker-unfit", Check(Formed.Change("m-5", n => n with { Link = link }), Planned));

    [Fact]
    public void A_replica_that_does_not_answer_and_takes_over_is_found()
    {
        Assert.Contains("taker-unfit", Check(Formed.Change("m-5", n => n with { Reachable = false }), Planned));
        Assert.Contains("taker-unfit", Check(Dead.Change("m-5", n => n with { Reachable = false }), Forced));
    }

    [Fact]
    public void A_stranger_that_takes_over_is_found()
    {
        Assert.Equal(["taker-stranger"], Check(Formed, Planned with { Member = "m-4", Node = SixMembers.Id(4) }));
        Assert.Equal(["taker-stranger"], Check(Formed, Planned with { Member = "m-4" }));
        Assert.Equal(["nothing-to-hand-over"], Check(Formed, Planned with { From = SixMembers.Id(3) }));
    }

    [Fact]
    public void A_dead_primary_may_be_replaced_without_it()
    {
        Assert.Empty(Check(Dead, Forced));
        Assert.Empty(Check(Dead, Taken));
        Assert.Empty(Check(Stopped(Dead.Change("m-0", n => n with { Failed = false })), Forced));
    }

    [Fact]
    public void A_primary_that_may_live_and_is_not_asked_is_found()
    {
        foreach (var step in new[] { Forced, Taken })
        {
            Assert.Contains("primary-lives", Check(Formed, step));
            Assert.Contains("primary-lives", Check(Formed.Change("m-0", n => n with { Failed = true }), step));
            Assert.Contains("primary-lives", Check(Dead.Change("m-0", n => n with { Failed = false }), step));
        }
    }

    [Fact]
    public void A_replica_that_never_completed_a_sync_and_is_forced_is_found()
    {
        Assert.Contains("taker-unfit", Check(Dead.Change("m-5", n => n with { Link = LinkState.Syncing }), Forced));
        Assert.Contains("taker-unfit", Check(Dead.Change("m-5", n => n with { Offset = 0 }), Taken));
    }

    [Fact]
    public void A_replica_that_is_behind_another_and_is_forced_is_found()
    {
        var two = Dead.Change("m-3", n => n with { Primary = SixMembers.Id(0), Link = LinkState.Down, Offset = 1001 });
        Assert.Equal(["taker-behind"], Check(two, Forced));
        Assert.Empty(Check(two.Change("m-3", n => n with { Link = LinkState.Syncing }), Forced));
        Assert.Empty(Check(two, Forced with { Member = "m-3", Node = SixMembers.Id(3) }));
    }

    [Fact]
    public void A_vote_without_a_majority_is_found_and_a_takeover_needs_none()
    {
        var two = Dead.Change("m-1", n => n with { Reachable = false, Failed = true });
        Assert.Equal(["no-majority"], Check(two, Forced));
        Assert.Empty(Check(two, Taken));
    }

    [Fact]
    public void Two_who_take_over_the_same_shard_at_once_are_found()
    {
        var two = Formed.Change("m-3", n => n with { Primary = SixMembers.Id(0) });
        var other = Planned with { Member = "m-3", Node = SixMembers.Id(3) };
        Assert.Equal(["shard-twice"], Check(two, Planned, other));
        Assert.Equal(["shard-twice"], Check(Formed, Planned, Restart));
    }

    [Fact]
    public void A_hand_over_that_crowds_a_zone_needs_a_way_back()
    {
        var plan = new Plan("test", [new Stage("1", [Planned])], []);
        Assert.Equal(["layout-worse"], [.. PlanChecker.Check(plan, Formed).Codes()]);
        Assert.Empty(PlanChecker.Check(plan with { RestoredBy = "slotwright restore-layout" }, Formed));
    }

    [Fact]
    public void A_replica_may_be_restarted_while_its_primary_is_up()
    {
        Assert.Empty(Check(Formed, Restart));
        Assert.Empty(Check(Formed, Restart, Restart with { Member = "m-3", Node = SixMembers.Id(3) }));
    }

    [Fact]
    public void A_primary_that_is_restarted_before_it_handed_over_is_found() =>
        Assert.Contains("owner-restarted", Check(Formed, Restart with { Member = "m-0", Node = SixMembers.Id(0) }));

    [Fact]
    public void The_last_of_a_shard_that_is_restarted_is_found() =>
        Assert.Contains("last-restarted", Check(Dead.Change("m-5", n => n with { Link = LinkState.InSync }), Restart));

    [Fact]
    public void Two_of_a_shard_that_are_restarted_at_once_are_found()
    {
        var three = Formed.Change("m-3", n => n with { Primary = SixMembers.Id(0) });
        Assert.Equal(["shard-twice"], Check(three, Restart, Restart with { Member = "m-3", Node = SixMembers.Id(3) }));
    }

    [Fact]
    public void A_stranger_that_is_restarted_is_found() =>
        Assert.Equal(["restarted-stranger"], Check(Formed, Restart with { Member = "m-4" }));

    private static Topology Stopped(Topology topology) =>
        topology with
        {
            Members = topology.Members.SetItem("m-0", topology.Members["m-0"] with { Phase = MemberPhase.Stopped }),
        };

    private static ImmutableArray<string> Check(Topology before, params ImmutableArray<Step> stage) =>
        [
            .. PlanChecker
                .Check(new Plan("test", [new Stage("1", stage)], []) { RestoredBy = "a test" }, before)
                .Codes()
                .Distinct(),
        ];
}
