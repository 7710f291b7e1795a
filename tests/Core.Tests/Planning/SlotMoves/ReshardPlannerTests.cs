using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Core.Planning;
using Slotwright.Core.Planning.SlotMoves;
using Slotwright.Core.Planning.Steps;
using Slotwright.Core.Slots;
using Slotwright.Core.Tests.Cluster;

namespace Slotwright.Core.Tests.Planning.SlotMoves;

public sealed class ReshardPlannerTests
{
    private static readonly Topology Formed = SixMembers.Formed;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(1000)]
    [InlineData(10922)]
    public void Asked_for_some_slots_it_moves_exactly_so_many(int count)
    {
        var plan = ReshardPlanner.Plan(Formed, new("m-0", ["all"], count, null));
        Assert.Empty(PlanChecker.Check(plan, Formed));
        Assert.Equal(count, Moves(plan).Sum(m => m.Slots.Count));
        Assert.All(Moves(plan), m => Assert.Equal("m-0", m.Member));
        Assert.Equal(SlotSet.All, plan.Outcome(Formed).Covered());
    }

    [Fact]
    public void Ranges_are_moved_from_whoever_owns_them()
    {
        var plan = ReshardPlanner.Plan(Formed, new("slot:16383", ["all"], null, SlotSet.Of(5460, 5462)));
        Assert.Equal([("m-0", "5460"), ("m-1", "5461-5462")], Moves(plan).Select(m => (m.FromMember, $"{m.Slots}")));
        Assert.All(Moves(plan), m => Assert.Equal("m-2", m.Member));
    }

    /// <summary>m-3 replicates m-1: its name means their shard.</summary>
    [Fact]
    public void A_replica_stands_for_its_shard() =>
        Assert.Equal("m-1", Moves(ReshardPlanner.Plan(Formed, new("m-3", ["m-0"], 1, null))).Single().Member);

    [Fact]
    public void All_that_is_wrong_is_said_at_once()
    {
        var bad = Assert.Throws<BadInputException>(() =>
            ReshardPlanner.Plan(Formed, new("m-9", ["m-0", "slot:99999"], 1, null))
        );
        Assert.Equal(["--to", "--from"], bad.Problems.Select(p => p.Where));
        Assert.Equal("--slots", Assert.Single(Problems("m-0", ["m-1"], 5463, null)).Where);
        Assert.Equal("--slots", Assert.Single(Problems("m-0", ["m-1"], 0, null)).Where);
        Assert.Equal("--ranges", Assert.Single(Problems("m-0", ["m-1"], null, SlotSet.Of(10922, 10923))).Where);
        Assert.Equal("--from", Assert.Single(Problems("m-0", ["m-5"], 1, null)).Where);
    }

    private static ImmutableArray<Problem> Problems(
        string to,
        ImmutableArray<string> from,
        int? count,
        SlotSet? ranges
    ) => Assert.Throws<BadInputException>(() => ReshardPlanner.Plan(Formed, new(to, from, count, ranges))).Problems;

    private static MoveSlots[] Moves(Plan plan) => [.. plan.Stages.SelectMany(s => s.Steps).Cast<MoveSlots>()];
}
