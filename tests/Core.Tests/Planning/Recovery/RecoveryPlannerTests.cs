using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Core.Planning;
using Slotwright.Core.Planning.Recovery;
using Slotwright.Core.Planning.Steps;
using Slotwright.Core.Slots;
using Slotwright.Core.Tests.Cluster;
using Slotwright.Core.Tests.Support;

namespace Slotwright.Core.Tests.Planning.Recovery;

public sealed class RecoveryPlannerTests
{
    private static readonly RecoveryWish TakeOver = new(RecoveryWay.TakeOver, null, null, AcceptsLoss: true);

    [Fact]
    public void Shards_follow_each_other_and_are_elected_as_soon_as_somebody_can_vote()
    {
        var gone = Broken.Without("m-0", "m-1", "m-2");
        var plan = Plan(gone, TakeOver);
        Assert.Equal(
            [("m-5", HandOverKind.Takeover), ("m-3", HandOverKind.Takeover), ("m-4", HandOverKind.Force)],
            plan.Stages.Select(s => Assert.IsType<HandOver>(Assert.Single(s.Steps))).Select(h => (h.Member, h.Kind))
        );
        Assert.Empty(PlanChecker.Check(plan, gone));
        var after = plan.Outcome(gone);
        Assert.Empty(Broken.Judge(after).Problems);
        Assert.True(Plan(after, TakeOver).IsEmpty);
    }

    [Fact]
    public void What_is_lost_has_to_be_accepted()
    {
        var refused = Refused(Broken.Without("m-0", "m-1"), TakeOver with { AcceptsLoss = false });
        Assert.Equal(["loss-not-accepted", "loss-not-accepted"], refused.Findings.Codes());
        Assert.Contains("which loses nothing; or add --accept-loss", refused.Findings[0].Remedy);
    }

    [Fact]
    public void Without_a_way_nothing_is_planned() =>
        Assert.True(Plan(Broken.Without("m-0", "m-1"), TakeOver with { Way = null }).IsEmpty);

    [Theory]
    [InlineData(RecoveryWay.OwnData)]
    [InlineData(RecoveryWay.FromNothing)]
    public void A_way_that_is_closed_is_refused(RecoveryWay way) =>
        Assert.Equal(
            ["way-closed"],
            Refused(Broken.Without("m-0", "m-1"), TakeOver with { Way = way }).Findings.Codes()
        );

    [Fact]
    public void Where_a_majority_votes_nobody_takes_over_without_it() =>
        Assert.Equal(["way-closed"], Refused(Broken.Without("m-0"), TakeOver).Findings.Codes());

    [Theory]
    [InlineData("slot:0")]
    [InlineData("m-0")]
    [InlineData("m-5")]
    public void One_shard_alone(string word)
    {
        var plan = Plan(Broken.Without("m-0", "m-1"), TakeOver with { Shard = word });
        Assert.Equal("m-5", Assert.IsType<HandOver>(Assert.Single(Assert.Single(plan.Stages).Steps)).Member);
    }

    [Fact]
    public void Replicas_that_can_t_be_compared_have_to_be_named()
    {
        var gone = Broken
            .Without("m-0", "m-1")
            .Change("m-3", n => n with { Primary = SixMembers.Id(0), Offset = 0, Stream = "another" });
        var refused = Refused(gone, TakeOver with { Shard = "slot:0" });
        Assert.Equal(["taker-unknown"], refused.Findings.Codes());
        Assert.Contains("--to", refused.Findings[0].Remedy);
        var plan = Plan(gone, TakeOver with { To = "m-3" });
        Assert.Equal("m-3", Assert.IsType<HandOver>(plan.Stages[0].Steps[0]).Member);
        Assert.Empty(PlanChecker.Check(plan, gone));
    }

    [Fact]
    public void The_replica_that_has_received_most_takes_over()
    {
        var gone = Broken
            .Without("m-0", "m-1")
            .Change("m-3", n => n with { Primary = SixMembers.Id(0), Offset = 1001, Stream = $"{SixMembers.Id(0)}" });
        var plan = Plan(gone, TakeOver with { Shard = "slot:0" });
        Assert.Equal("m-3", Assert.IsType<HandOver>(plan.Stages[0].Steps[0]).Member);
        var behind = Plan(gone, TakeOver with { To = "m-5" });
        Assert.Contains("taker-behind", PlanChecker.Check(behind, gone).Codes());
    }

    [Fact]
    public void Lost_slots_go_to_an_empty_member_that_joins_before()
    {
        var gone = Broken
            .Without("m-0", "m-5")
            .Change(
                "m-4",
                n =>
                    n with
                    {
                        Primary = null,
                        Slots = SlotSet.Empty,
                        Keys = 0,
                        Joined = false,
                        Alone = true,
                        Apart = true,
                    }
            );
        var plan = Plan(gone, TakeOver with { Way = RecoveryWay.FromNothing });
        Assert.Equal(["Meet", "AssignLostSlots"], plan.Stages.SelectMany(s => s.Steps).Select(s => s.GetType().Name));
        Assert.Empty(PlanChecker.Check(plan, gone));
        Assert.Equal("m-4", plan.Outcome(gone).OwnerOf(0)!.Member);
    }

    [Fact]
    public void Lost_slots_go_to_another_primary_where_no_member_is_empty()
    {
        var gone = Broken.Without("m-0", "m-5");
        var plan = Plan(gone, TakeOver with { Way = RecoveryWay.FromNothing });
        Assert.Empty(PlanChecker.Check(plan, gone));
        Assert.Equal(SlotSet.All.Count, plan.Outcome(gone).Covered().Count);
        Assert.Empty(Broken.Judge(plan.Outcome(gone)).Problems);
    }

    [Fact]
    public void Slots_whose_data_somebody_has_don_t_begin_anew()
    {
        var gone = Broken.Without("m-0");
        var step = new AssignLostSlots("m-2", SixMembers.Id(2), SlotSet.Of(0, 5460), "m-0", SixMembers.Id(0))
        {
            Reason = "a test",
        };
        Assert.Contains("heir-left", Check(gone, step));
        Assert.Contains("owner-lives", Check(Broken.Well, step));
        Assert.Contains("taker-unfit", Check(gone, step with { Member = "m-3", Node = SixMembers.Id(3) }));
    }

    [Fact]
    public void Who_is_held_back_starts_with_what_it_has()
    {
        var held = Broken.Without("m-5").Change("m-0", n => n with { IsHeldBack = true, Keys = 0, Offset = 0 });
        var plan = Plan(held, TakeOver with { Way = RecoveryWay.OwnData });
        Assert.Equal("m-0", Assert.IsType<LetStart>(Assert.Single(Assert.Single(plan.Stages).Steps)).Member);
        Assert.Empty(PlanChecker.Check(plan, held));
        Assert.Contains("not-held-back", Check(Broken.Well, plan.Stages[0].Steps[0]));
    }

    [Fact]
    public void A_replica_takes_over_from_one_that_is_held_back_which_starts_then()
    {
        var held = Broken
            .Without("m-1", "m-2")
            .Change("m-0", n => n with { IsHeldBack = true, Keys = 0, Offset = 0 })
            .Change("m-5", n => n with { Link = LinkState.Down });
        var plan = Plan(held, TakeOver with { Shard = "slot:0" }, Broken.Disks());
        Assert.Equal(["HandOver", "LetStart"], plan.Stages.SelectMany(s => s.Steps).Select(s => s.GetType().Name));
        Assert.Empty(PlanChecker.Check(plan, held));
    }

    private static ImmutableArray<string> Check(Topology before, Step step) =>
        PlanChecker.Check(new Plan("test", [new Stage("1", [step])], []) { RestoredBy = "a test" }, before).Codes();

    private static Plan Plan(Topology topology, RecoveryWish wish, RecoveryFacts? facts = null) =>
        RecoveryPlanner.Plan(Broken.Judge(topology, facts), topology, facts ?? RecoveryFacts.None, wish);

    private static RefusedException Refused(Topology topology, RecoveryWish wish) =>
        Assert.Throws<RefusedException>(() => Plan(topology, wish));
}
