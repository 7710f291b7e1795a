using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Core.Observing;
using Slotwright.Core.Planning.Waves;
using Slotwright.Core.Tests.Cluster;
using Slotwright.Core.Tests.Support;

namespace Slotwright.Core.Tests.Planning.Waves;

/// <summary>What rolling operations refuse for what runs, and for what does not run.</summary>
public sealed class RollingPlannerTests
{
    private static readonly Topology Formed = SixMembers.Formed;
    private static readonly Version Old = new(8, 1, 1);
    private static readonly Version New = new(9, 1, 2);

    /// <summary>The older version would start with files that it can't read.</summary>
    [Theory]
    [InlineData(RollingKind.Commit)]
    [InlineData(RollingKind.Restart)]
    public void A_rollback_that_was_cut_off_is_not_committed_nor_restarted(RollingKind kind)
    {
        var refused = Refused(Seen(Formed, New), new RollingFacts(kind, Desired: Old, Target: Old, IsDesired: false));
        var finding = Assert.Single(refused.Findings);
        Assert.Equal("rollback-open", finding.Code);
        Assert.Contains("upgrade --rollback", finding.Remedy);
        Assert.Contains("upgrade --valkey 9.1.2", finding.Remedy);
    }

    [Fact]
    public void A_shard_of_which_nobody_answers_is_not_restarted_one_after_the_other()
    {
        var dead = new[] { "m-1", "m-3" }.Aggregate(
            Formed,
            (t, m) => t.Change(m, n => n with { Reachable = false, Failed = true })
        );
        var refused = Refused(Seen(dead, New), new RollingFacts(RollingKind.Restart, New, New, IsDesired: false));
        Assert.Contains(refused.Findings, f => f is { Code: "shard-down", Subject: "m-1" });
    }

    [Fact]
    public void One_member_that_is_down_is_brought_back()
    {
        var dead = Formed.Change("m-3", n => n with { Reachable = false, Failed = true });
        var facts = new RollingFacts(RollingKind.Restart, New, New, IsDesired: false);
        Assert.NotNull(RollingPlanner.Plan(Seen(dead, New), facts, WaveWish.Default).Plan);
    }

    private static RefusedException Refused(Observation seen, RollingFacts facts) =>
        Assert.Throws<RefusedException>(() => RollingPlanner.Plan(seen, facts, WaveWish.Default));

    private static Observation Seen(Topology topology, Version version) =>
        new(
            topology,
            Enumerable
                .Range(0, topology.Members.Count)
                .Where(i => topology.NodeOf($"m-{i}")!.Reachable)
                .Aggregate(Views.Of(topology), (v, i) => v.WithServer(i, s => s with { Version = version })),
            []
        );
}
