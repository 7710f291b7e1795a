using CsCheck;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Core.Planning;
using Slotwright.Core.Planning.Failover;
using Slotwright.Core.Planning.Steps;
using Slotwright.Core.Tests.Cluster;
using Slotwright.Core.Tests.Support;

namespace Slotwright.Core.Tests.Planning.Failover;

public sealed class FailoverPlannerTests
{
    /// <summary>m-0 has the replicas m-5 (az-c) and m-6 (az-a).</summary>
    private static readonly Topology Formed = WithSecondReplica();

    private static readonly Topology Dead = Formed
        .Change("m-0", n => n with { Reachable = false, Failed = true })
        .Change("m-5", n => n with { Link = LinkState.Down })
        .Change("m-6", n => n with { Link = LinkState.Down });

    [Theory]
    [InlineData("m-0")]
    [InlineData("slot:0")]
    public void A_primary_that_lives_hands_over_to_one_that_keeps_the_zones_even(string word)
    {
        // with m-5 as the primary az-c would have two
        var step = Step(Plan(Formed, word));
        Assert.Equal(("m-6", "m-0", HandOverKind.Planned), (step.Member, step.FromMember, step.Kind));
        Assert.Null(Plan(Formed, word).RestoredBy);
    }

    [Fact]
    public void Who_is_named_takes_over_and_the_way_back_is_told()
    {
        var plan = Plan(Formed, "m-0", to: "m-5");
        Assert.Equal("m-5", Step(plan).Member);
        Assert.Equal("slotwright restore-layout", plan.RestoredBy);
        Assert.Empty(PlanChecker.Check(plan, Formed));
        var after = plan.Outcome(Formed);
        Assert.True(Plan(after, "m-0", to: "m-5").IsEmpty);
        Assert.True(Plan(after, "slot:0", to: "m-5").IsEmpty);
    }

    [Fact]
    public void A_replica_that_is_named_is_an_error_with_the_remedy()
    {
        var problem = Problem(() => Plan(Formed, "m-5"));
        Assert.Equal("m-5 is a replica of m-0", problem.What);
        Assert.Contains("slotwright failover m-0 --to m-5", problem.Remedy);
        Assert.Contains("m-5", Problem(() => Plan(Formed, "m-5", to: "m-5")).What);
    }

    [Fact]
    public void Who_is_none_of_the_shards_can_not_take_over()
    {
        var problem = Problem(() => Plan(Formed, "m-0", to: "m-4"));
        Assert.Equal(("--to", "its replicas are m-5, m-6"), (problem.Where, problem.Remedy));
        Problem(() => Plan(Formed, "m-0", to: "m-9"));
        Problem(() => Plan(Formed, "m-0", to: "all"));
        Problem(() => Plan(Formed, "m-9"));
        Problem(() => Plan(Formed, "all"));
    }

    [Fact]
    public void Where_no_replica_is_in_sync_it_says_why_for_each()
    {
        var none = Formed
            .Change("m-5", n => n with { Link = LinkState.Syncing })
            .Change("m-6", n => n with { Reachable = false });
        Assert.Contains("m-5 is syncing, m-6 does not answer", Refused(() => Plan(none, "m-0"), "no-taker"));
        Assert.Contains("m-5 is syncing", Refused(() => Plan(none, "m-0", to: "m-5"), "no-taker"));
    }

    [Fact]
    public void Of_a_dead_primary_the_one_that_received_most_is_elected()
    {
        var ahead = Dead.Change("m-5", n => n with { Offset = 1001 });
        var plan = Plan(ahead, "m-0");
        Assert.Equal(("m-5", HandOverKind.Force), (Step(plan).Member, Step(plan).Kind));
        Assert.Empty(PlanChecker.Check(plan, ahead));
        Assert.Contains("writes-not-received", plan.Notes.Codes());
        Assert.Equal("m-6", Step(Plan(Dead, "m-0")).Member); // equal: the zones decide
        Assert.Contains("taker-behind", PlanChecker.Check(Plan(ahead, "m-0", to: "m-6"), ahead).Codes());
    }

    [Fact]
    public void Offsets_of_two_streams_are_not_compared()
    {
        var apart = Dead.Change("m-5", n => n with { Offset = 1001, Stream = "a" })
            .Change("m-6", n => n with { Stream = "b" });
        Assert.Contains("followed different streams", Refused(() => Plan(apart, "m-0"), "no-taker"));
        Assert.Empty(PlanChecker.Check(Plan(apart, "m-0", to: "m-6"), apart));
        Assert.Equal("m-5", Step(Plan(apart.Change("m-6", n => n with { Stream = "a" }), "m-0")).Member);
    }

    [Fact]
    public void One_that_never_completed_a_sync_is_no_choice()
    {
        var fresh = Dead.Change("m-6", n => n with { Offset = 5000, Link = LinkState.Syncing })
            .Change("m-5", n => n with { Offset = 0 });
        Assert.Contains("never completed a sync", Refused(() => Plan(fresh, "m-0"), "no-taker"));
    }

    [Fact]
    public void A_primary_that_only_does_not_answer_here_is_not_replaced() =>
        Refused(() => Plan(Dead.Change("m-0", n => n with { Failed = false }), "m-0"), "primary-silent");

    [Fact]
    public void Without_a_majority_the_takeover_has_to_be_asked_for()
    {
        var two = Dead.Change("m-1", n => n with { Reachable = false, Failed = true });
        Refused(() => Plan(two, "m-0"), "no-majority");
        var plan = FailoverPlanner.Plan(two, new FailoverWish("m-0", null, MayTakeOver: true));
        Assert.Equal(HandOverKind.Takeover, Step(plan).Kind);
        Assert.Contains("takeover", plan.Notes.Codes());
        Assert.Empty(PlanChecker.Check(plan, two));
        var one = FailoverPlanner.Plan(Dead, new FailoverWish("m-0", null, MayTakeOver: true));
        Assert.Equal(HandOverKind.Force, Step(one).Kind);
    }

    [Fact]
    public void No_plan_of_any_cluster_breaks_what_must_hold() =>
        Gen.Int[0, int.MaxValue - 1]
            .Sample(
                seed =>
                {
                    var topology = Disordered.Of(seed);
                    foreach (var shard in topology.Shards())
                    {
                        try
                        {
                            var plan = FailoverPlanner.Plan(
                                topology,
                                new FailoverWish(shard.Primary.Member!, null, seed % 2 == 0)
                            );
                            Assert.Empty(PlanChecker.Check(plan, topology));
                            Assert.True(Step(plan).IsDone(plan.Outcome(topology)));
                        }
                        catch (RefusedException)
                        {
                            // nobody can take over
                        }
                    }
                },
                iter: 150
            );

    private static Plan Plan(Topology topology, string word, string? to = null) =>
        FailoverPlanner.Plan(topology, new FailoverWish(word, to, MayTakeOver: false));

    private static HandOver Step(Plan plan) => (HandOver)Assert.Single(Assert.Single(plan.Stages).Steps);

    private static Problem Problem(Action plan) => Assert.Single(Assert.Throws<BadInputException>(plan).Problems);

    private static string Refused(Action plan, string code)
    {
        var finding = Assert.Single(Assert.Throws<RefusedException>(plan).Findings);
        Assert.Equal(code, finding.Code);
        return finding.What;
    }

    private static Topology WithSecondReplica()
    {
        var six = SixMembers.Formed;
        var added = six.NodeOf("m-5")! with { Id = NodeId.Parse(new string('9', 40)), Member = "m-6" };
        return new Topology(SixMembers.Members(7), [.. six.Nodes.Append(added).Select(n => n with { Offset = 1000 })]);
    }
}
