using System.Collections.Immutable;
using Slotwright.Core.Drills;
using Slotwright.Core.Health;
using Slotwright.Core.Tests.Cluster;

namespace Slotwright.Core.Tests.Drills;

public sealed class DrillJudgeTests
{
    private static readonly DrillPlan Plan = DrillPlanner.Plan(
        DrillKind.Partition,
        SixMembers.Formed,
        new DrillTimes(TimeSpan.FromSeconds(40), null)
    );

    private static readonly DrillFacts Smooth = new([], [], null, []);

    private static readonly ShardLedger Healthy = new(
        Plan.Shards[0].Slots,
        "m-0",
        Attempted: 1000,
        Acknowledged: 1000,
        Confirmed: 200,
        Failed: 0,
        Reads: 100,
        FailedReads: 0,
        new Gap(S(1), S(0.25)),
        default
    );

    [Fact]
    public void A_drill_that_kept_its_limits_is_kept()
    {
        var verdict = Judge(Healthy, Smooth, new LedgerLimits(0, S(2), 0));

        Assert.Equal((Verdict.Ok, 0), (verdict.Outcome, verdict.Findings.Length));
    }

    [Theory]
    [InlineData(1, 0, 0.1, "too-many-failed")]
    [InlineData(0, 0, 3, "gap-too-long")]
    [InlineData(0, 1, 0.1, "confirmed-writes-lost")]
    public void Each_limit_that_is_broken_breaks_the_verdict(int failed, int lost, double gap, string code)
    {
        var shard = Healthy with
        {
            Failed = failed,
            LongestGap = new Gap(S(1), S(gap)),
            Found = new RingCounts(lost, lost, 0, 0, 0, 0),
        };

        var verdict = Judge(shard, Smooth, new LedgerLimits(0, S(2), 0));

        Assert.Equal(Verdict.Failed, verdict.Outcome);
        Assert.Contains(verdict.Findings, f => f.Code == code && f.Verdict == Verdict.Failed);
    }

    [Fact]
    public void Losses_that_wait_had_not_confirmed_are_told_and_break_nothing()
    {
        var shard = Healthy with { Found = new RingCounts(4274, 0, 0, 0, 0, 0), ByOldPrimary = 4100 };

        var verdict = Judge(shard, Smooth, LedgerLimits.Default);

        Assert.Equal(Verdict.Ok, verdict.Outcome);
        Assert.Equal(["acknowledged-writes-lost", "acknowledged-by-old-primary"], verdict.Findings.Select(f => f.Code));
        Assert.Contains("4274 of all", verdict.Sentence, StringComparison.Ordinal);
        Assert.Contains("4100 acknowledged by an old primary", verdict.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_nothing_was_confirmed_though_there_are_replicas_the_drill_has_failed()
    {
        var verdict = Judge(Healthy with { Confirmed = 0 }, Smooth, LedgerLimits.Default);

        Assert.Equal(Verdict.Failed, verdict.Outcome);
        Assert.Equal("nothing-confirmed", Assert.Single(verdict.Findings).Code);
    }

    [Fact]
    public void A_cluster_without_replicas_need_not_confirm_anything()
    {
        var ledger = Ledger(Healthy with { Confirmed = 0 }) with { WaitReplicas = 0 };

        Assert.Equal(Verdict.Ok, DrillJudge.Judge(Plan, ledger, Smooth, LedgerLimits.Default).Outcome);
    }

    [Fact]
    public void A_drill_that_was_cut_short_or_left_something_behind_has_failed()
    {
        var bad = new Finding("shard-dead", Verdict.Failed, "slots 0-5460", "nobody serves them", "", "");

        Assert.Equal("drill-cut-short", Code(Smooth with { Trouble = "m-0 could not be started" }));
        Assert.Equal("not-whole-again", Code(Smooth with { After = [bad] }));

        static string Code(DrillFacts facts)
        {
            var verdict = Judge(Healthy, facts, LedgerLimits.Default);
            Assert.Equal(Verdict.Failed, verdict.Outcome);
            return Assert.Single(verdict.Findings).Code;
        }
    }

    [Fact]
    public void Two_primaries_at_once_are_told_but_not_the_moment_in_which_one_that_comes_back_does_not_know_yet()
    {
        Assert.Contains(Findings(2), f => f.Code == "two-primaries");
        Assert.DoesNotContain(Findings(0.05), f => f.Code == "two-primaries");

        static ImmutableArray<Finding> Findings(double both) =>
            Judge(
                Healthy,
                Smooth with
                {
                    Roles =
                    [
                        new("m-0", 0, [new RoleSpan(S(0), S(10 + both), S(10 + both), MemberState.Primary)]),
                        new("m-5", 0, [new RoleSpan(S(10), S(20), S(20), MemberState.Primary)]),
                    ],
                },
                LedgerLimits.Default
            ).Findings;
    }

    private static LedgerVerdict Judge(ShardLedger shard, DrillFacts facts, LedgerLimits limits) =>
        DrillJudge.Judge(Plan, Ledger(shard), facts, limits);

    private static Ledger Ledger(ShardLedger shard) => new(S(40), 1, [shard], LatencySummary.None);

    private static TimeSpan S(double seconds) => TimeSpan.FromSeconds(seconds);
}
