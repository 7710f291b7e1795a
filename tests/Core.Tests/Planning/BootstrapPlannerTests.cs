using CsCheck;
using Slotwright.Core.Cluster;
using Slotwright.Core.Placement;
using Slotwright.Core.Planning;
using Slotwright.Core.Planning.Bootstrap;
using Slotwright.Core.Planning.Steps;
using Slotwright.Core.Slots;
using Slotwright.Core.Tests.Placement;
using Slotwright.Core.Tests.Support;

namespace Slotwright.Core.Tests.Planning;

public sealed class BootstrapPlannerTests
{
    [Theory]
    [InlineData(6, 3, 1)]
    [InlineData(12, 3, 1)]
    [InlineData(18, 3, 2)]
    public void Plans_stay_as_they_were_reviewed(int members, int zones, int replicas) =>
        Golden.Check(
            $"bootstrap-{members}-{zones}-{replicas}.txt",
            PlanText.Of(Plan(Members.Fresh(members, zones), replicas))
        );

    [Fact]
    public void Once_it_is_done_there_is_nothing_to_do() =>
        Shapes.Sample(
            request =>
            {
                var fresh = Members.Fresh(request.Members);
                var done = Plan(fresh, request.ReplicasPerPrimary).Outcome(fresh);
                var again = Plan(done, request.ReplicasPerPrimary);
                return again.IsEmpty && Formed(done);
            },
            iter: 100,
            print: Requests.Print
        );

    /// <summary>Stages that are done, some steps of the next, and gossip that has not reached everybody yet.</summary>
    [Fact]
    public void From_every_half_made_state_it_goes_on_to_the_same_cluster_and_is_safe() =>
        (
            from request in Shapes
            from stages in Gen.Int[0, 2]
            from steps in Gen.Bool.Array[100]
            from unheard in Gen.Bool.Array[100]
            select (request, stages, steps, unheard)
        ).Sample(
            half =>
            {
                var fresh = Members.Fresh(half.request.Members);
                var replicas = half.request.ReplicasPerPrimary;
                var plan = Plan(fresh, replicas);
                var state = HalfMade(fresh, plan, half.stages, half.steps, half.unheard);
                var rest = Plan(state, replicas);
                return PlanChecker.Check(rest, state).IsEmpty
                    && rest.Outcome(state).Text() == plan.Outcome(fresh).Text()
                    && Plan(rest.Outcome(state), replicas).IsEmpty;
            },
            iter: 200,
            print: half => $"{Requests.Print(half.request)} after {half.stages} stages"
        );

    [Fact]
    public void Nobody_else_s_epoch_is_given_again()
    {
        var state = Members.Fresh(6, 3).Change("m-4", n => n with { Epoch = 2 });
        var epochs = Plan(state, 1).Stages[0].Steps.OfType<SetEpoch>().ToArray();
        Assert.Equal([1, 3, 4, 5, 6], epochs.Select(e => e.Epoch).Order());
        Assert.DoesNotContain(epochs, e => e.Member == "m-4");
    }

    [Fact]
    public void Primaries_have_higher_claims_settled_before_they_meet()
    {
        var plan = Plan(Members.Fresh(6, 3), 1);
        Assert.Equal(["Give epochs and slots", "Join", "Replicate"], plan.Stages.Select(s => s.Title));
        Assert.All(plan.Stages[1].Steps.Cast<Meet>(), m => Assert.Equal("m-0", m.Via));
    }

    [Fact]
    public void A_standing_cluster_keeps_its_roles_wherever_they_lie()
    {
        var fresh = Members.Fresh(6, 3);
        var formed = Plan(fresh, 1).Outcome(fresh);
        var heir = formed.Shards()[0].Replicas[0];
        var turned = formed
            .With(heir with { Primary = null, Slots = formed.Shards()[0].Slots, Link = LinkState.None })
            .With(
                formed.Shards()[0].Primary with
                {
                    Primary = heir.Id,
                    Slots = SlotSet.Empty,
                    Link = LinkState.InSync,
                }
            );
        Assert.True(Plan(turned, 1).IsEmpty);
    }

    [Fact]
    public void A_member_that_came_back_empty_gets_back_its_place()
    {
        var fresh = Members.Fresh(6, 3);
        var formed = Plan(fresh, 1).Outcome(fresh);
        var lost = formed.Shards()[1].Replicas[0];
        var back = fresh.NodeOf(lost.Member!)! with { Id = Members.Id(99) };
        var ghost = lost with { Member = null, Reachable = false, Link = LinkState.Down, Failed = true };
        var state = formed.With(ghost) with { Nodes = [.. formed.With(ghost).Nodes, back] };

        var plan = Plan(state, 1);

        Assert.Equal(
            [$"{lost.Member} joins", $"{lost.Member} replicates {formed.Shards()[1].Primary.Member}"],
            plan.Stages.SelectMany(s => s.Steps).Where(s => s is not SetEpoch).Select(s => s.Describe())
        );
        Assert.Empty(PlanChecker.Check(plan, state));
    }

    [Fact]
    public void The_same_members_are_refused_where_somebody_does_not_answer() =>
        Refuses("member-silent", "m-3", t => t.Change("m-3", n => n with { Reachable = false }));

    [Fact]
    public void A_member_without_a_node_is_refused() => Refuses("member-silent", "m-3", t => t.Without("m-3"));

    [Fact]
    public void Too_few_members_are_refused() =>
        Refuses("members-missing", "cluster", t => t.Without("m-5") with { Members = t.Members.Remove("m-5") });

    [Fact]
    public void A_member_of_another_cluster_is_refused() =>
        Refuses("foreign-cluster", "m-3", t => t.Change("m-3", n => n with { SeesForeign = true, Alone = false }));

    [Fact]
    public void A_member_that_holds_keys_and_is_not_known_is_refused()
    {
        Refuses("unknown-data", "m-3", t => t.Change("m-3", n => n with { Keys = 1 }));
        Refuses("unknown-data", "m-0", t => t.Change("m-0", n => n with { Keys = 1 }));
        Refuses("unknown-data", "m-3", t => t.Change("m-3", n => n with { Keys = 1, Alone = false }));
    }

    /// <summary>Clients write as soon as a shard serves, and gossip takes its time.</summary>
    [Fact]
    public void A_member_that_holds_keys_and_is_known_to_some_is_gone_on_with()
    {
        var fresh = Members.Fresh(6, 3);
        var formed = Plan(fresh, 1).Outcome(fresh);
        var state = formed.Change("m-1", n => n with { Keys = 4, Joined = false });
        Assert.Equal(["m-1 joins"], Plan(state, 1).Stages.SelectMany(s => s.Steps).Select(s => s.Describe()));
    }

    [Fact]
    public void Two_clusters_among_the_members_are_refused() =>
        Refuses(
            "two-clusters",
            "m-4",
            t =>
                t.Change("m-0", n => n with { Alone = false, Slots = SlotSet.Of(0, 9000) })
                    .Change("m-1", n => n with { Alone = false, Apart = false, Joined = true })
                    .Change("m-4", n => n with { Alone = false, Slots = SlotSet.Of(9001, 9009) })
                    .Change("m-5", n => n with { Alone = false })
        );

    [Fact]
    public void What_was_begun_otherwise_is_refused()
    {
        Refuses("half-made-otherwise", "m-1", t => t.Change("m-1", n => n with { Slots = SlotSet.Of(0, 9) }));
        Refuses("half-made-otherwise", "m-5", t => t.Change("m-5", n => n with { Slots = SlotSet.Of(0, 9) }));
        Refuses("half-made-otherwise", "m-2", t => t.Change("m-2", n => n with { Primary = Members.Id(0) }));
    }

    private static readonly Gen<PlacementRequest> Shapes = Requests.Any(24);

    private static Plan Plan(Topology topology, int replicas)
    {
        var decision = BootstrapPlanner.Plan(topology, new ClusterShape(topology.Members.Count, replicas));
        Assert.Empty(decision.Refusals);
        return decision.Plan!;
    }

    private static void Refuses(string code, string subject, Func<Topology, Topology> change)
    {
        var decision = BootstrapPlanner.Plan(change(Members.Fresh(6, 3)), new ClusterShape(6, 1));
        Assert.Null(decision.Plan);
        Assert.Contains(decision.Refusals, r => r.Code == code && r.Subject == subject && r.Remedy.Length > 0);
    }

    private static bool Formed(Topology topology) =>
        topology.Covered().Count == HashSlot.Count
        && topology.Nodes.All(n => n.IsPrimary || n.Link == LinkState.InSync)
        && topology.Nodes.All(n => n.Joined);

    private static Topology HalfMade(Topology fresh, Plan plan, int stages, bool[] steps, bool[] unheard)
    {
        var state = plan
            .Stages.Take(stages)
            .SelectMany(s => s.Steps)
            .Aggregate(fresh, (topology, step) => step.ApplyTo(topology));
        if (stages < plan.Stages.Length)
        {
            state = plan.Stages[stages]
                .Steps.Where((_, i) => steps[i])
                .Aggregate(state, (topology, step) => step.ApplyTo(topology));
        }
        return state with { Nodes = [.. state.Nodes.Select((n, i) => n.Alone ? n : n with { Joined = !unheard[i] })] };
    }
}
