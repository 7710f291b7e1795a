using Slotwright.Core.Drills;
using Slotwright.Core.Health;
using Slotwright.Core.Slots;

namespace Slotwright.Core.Tests.Drills;

public sealed class RefereeTests
{
    private static readonly ShardLedger Healthy = new(
        SlotSet.Of(0, 8191),
        "m0",
        Attempted: 1000,
        Acknowledged: 1000,
        Confirmed: 0,
        Failed: 0,
        Reads: 100,
        FailedReads: 0,
        new Gap(Ms(100), Ms(40)),
        default
    );

    [Fact]
    public void A_healthy_run_keeps_the_limits()
    {
        var verdict = Judge(Healthy);

        Assert.Equal(Verdict.Ok, verdict.Outcome);
        Assert.Empty(verdict.Findings);
        Assert.Equal(
            "kept: 2000 of 2000 writes acknowledged, 0 lost, 0 operations failed, longest gap 40ms",
            verdict.Sentence
        );
    }

    [Fact]
    public void A_rate_that_was_clearly_not_reached_is_a_warning()
    {
        var ledger = Of(0, Healthy);
        var enough = ledger with { Rate = RateReached.Of(1000, 910, TimeSpan.FromSeconds(1)) };
        var less = ledger with { Rate = RateReached.Of(1000, 1780, TimeSpan.FromSeconds(2)) };

        Assert.Empty(Referee.Judge(enough, LedgerLimits.Default).Findings);
        var verdict = Referee.Judge(less, LedgerLimits.Default);
        var finding = Assert.Single(verdict.Findings);
        Assert.Equal(Verdict.Ok, verdict.Outcome);
        Assert.Equal(("rate-not-reached", Verdict.Warning), (finding.Code, finding.Verdict));
        Assert.Equal("890 operations a second succeeded, 1000 were asked for", finding.What);
    }

    [Fact]
    public void Where_no_write_was_acknowledged_it_is_said_why()
    {
        var refused = Healthy with
        {
            Acknowledged = 0,
            Failed = 1000,
            Failures = [new(FailureReason.Misconf, 998), new(FailureReason.NoAnswer, 2)],
        };
        Assert.Equal(
            "none of 1000 writes was acknowledged: 998 MISCONF (its disk can't be written), 2 no answer in time",
            Judge(refused).Findings.Single(f => f.Code == "nothing-acknowledged").What
        );
    }

    [Fact]
    public void Reasons_of_all_shards_are_added_up_and_the_rare_ones_taken_together()
    {
        ShardLedger With(params FailureCount[] failures) => Healthy with { Failures = [.. failures] };

        var ledger = Of(
            0,
            With(new(FailureReason.Oom, 3), new(FailureReason.NotBegun, 1)),
            With(new(FailureReason.ClusterDown, 9), new(FailureReason.Oom, 7), new(FailureReason.OtherError, 2))
        );
        Assert.Equal(
            "10 OOM (maxmemory is used up), 9 CLUSTERDOWN, 2 other error, 1 for other reasons",
            FailureCounts.Words(ledger.Failures)
        );
    }

    [Fact]
    public void One_lost_write_breaks_the_default_limit()
    {
        var verdict = Judge(Healthy with { Found = new(1, 0, 0, 0, 0, 0) });

        Assert.Equal(Verdict.Failed, verdict.Outcome);
        Assert.Equal(["acknowledged-writes-lost"], Codes(verdict));
        Assert.Equal(
            "broken (acknowledged-writes-lost): 2000 of 2000 writes acknowledged, 1 lost, 0 operations failed, longest gap 40ms",
            verdict.Sentence
        );
    }

    [Fact]
    public void Lost_writes_up_to_the_limit_are_a_warning()
    {
        var verdict = Judge(Healthy with { Found = new(5, 0, 0, 0, 0, 0) }, LedgerLimits.Default with { MaxLost = 5 });

        Assert.Equal(Verdict.Ok, verdict.Outcome);
        Assert.Equal(["acknowledged-writes-lost"], Codes(verdict));
    }

    [Fact]
    public void The_limit_counts_the_losses_of_all_shards_together()
    {
        var shard = Healthy with { Found = new(3, 0, 0, 0, 0, 0) };
        var ledger = Of(0, shard, shard);

        Assert.Equal(Verdict.Failed, Referee.Judge(ledger, LedgerLimits.Default with { MaxLost = 5 }).Outcome);
        Assert.Equal(Verdict.Ok, Referee.Judge(ledger, LedgerLimits.Default with { MaxLost = 6 }).Outcome);
    }

    [Fact]
    public void With_wait_an_unconfirmed_loss_is_a_warning()
    {
        var verdict = Waiting(Healthy with { Confirmed = 990, Found = new(10, 0, 0, 0, 0, 0) });

        Assert.Equal(Verdict.Ok, verdict.Outcome);
        Assert.Equal(["acknowledged-writes-lost"], Codes(verdict));
    }

    [Fact]
    public void With_wait_a_confirmed_loss_breaks_the_limit()
    {
        var verdict = Waiting(Healthy with { Confirmed = 990, Found = new(10, 1, 0, 0, 0, 0) });

        Assert.Equal(Verdict.Failed, verdict.Outcome);
        Assert.Equal(["confirmed-writes-lost", "acknowledged-writes-lost"], Codes(verdict));
        Assert.Contains("1 of 990 confirmed lost, 10 of all", verdict.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void With_wait_that_confirmed_nothing_nothing_can_be_said()
    {
        Assert.Equal(Verdict.Unknown, Waiting(Healthy).Outcome);
        Assert.Equal(["nothing-confirmed"], Codes(Waiting(Healthy)));
    }

    [Fact]
    public void Failed_operations_count_reads_too()
    {
        var shard = Healthy with { Failed = 3, FailedReads = 2 };

        Assert.Equal(Verdict.Ok, Judge(shard).Outcome);
        Assert.Equal(Verdict.Ok, Judge(shard, LedgerLimits.Default with { MaxFailed = 5 }).Outcome);
        Assert.Equal(["too-many-failed"], Codes(Judge(shard, LedgerLimits.Default with { MaxFailed = 4 })));
    }

    [Fact]
    public void A_gap_breaks_a_limit_below_it_and_names_its_shard()
    {
        var shard = Healthy with { LongestGap = new(Ms(2300), Ms(812)) };

        Assert.Equal(Verdict.Ok, Judge(shard).Outcome);
        Assert.Equal(Verdict.Ok, Judge(shard, LedgerLimits.Default with { MaxGap = Ms(812) }).Outcome);
        var verdict = Judge(shard, LedgerLimits.Default with { MaxGap = Ms(811) });
        Assert.Equal(Verdict.Failed, verdict.Outcome);
        var finding = Assert.Single(verdict.Findings);
        Assert.Equal("slots 0-8191", finding.Subject);
        Assert.Contains(
            "812ms, beginning 2300ms after the start; 811ms may pass",
            finding.What,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Stale_reads_doubles_and_foreign_values_are_told()
    {
        var verdict = Judge(Healthy with { Found = new(0, 0, 1, 2, 3, 0) });

        Assert.Equal(Verdict.Ok, verdict.Outcome);
        Assert.Equal(["stale-reads", "doubles", "foreign-values"], Codes(verdict));
    }

    [Fact]
    public void Writes_that_could_not_be_read_back_leave_it_open()
    {
        var shard = Healthy with { Found = new(0, 0, 0, 0, 0, 4) };

        Assert.Equal(["writes-not-judged"], Codes(Judge(shard)));
        Assert.Equal(Verdict.Unknown, Judge(shard).Outcome);
        Assert.Equal(Verdict.Ok, Judge(shard, LedgerLimits.Default with { MaxLost = 4 }).Outcome);
    }

    [Fact]
    public void What_is_unknown_goes_before_what_is_broken()
    {
        var verdict = Judge(
            Healthy with
            {
                Failed = 9,
                Found = new(0, 0, 0, 0, 0, 4),
            },
            LedgerLimits.Default with
            {
                MaxFailed = 8,
            }
        );

        Assert.Equal(Verdict.Unknown, verdict.Outcome);
        Assert.StartsWith("unknown (writes-not-judged, too-many-failed): ", verdict.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_shard_that_acknowledged_nothing_can_have_lost_nothing_and_is_unknown()
    {
        var verdict = Judge(Healthy with { Acknowledged = 0, Failed = 1000 });

        Assert.Equal(Verdict.Unknown, verdict.Outcome);
        Assert.Equal(["nothing-acknowledged"], Codes(verdict));
    }

    private static LedgerVerdict Judge(ShardLedger shard, LedgerLimits? limits = null) =>
        Referee.Judge(Of(0, shard, Healthy with { Slots = SlotSet.Of(8192, 16383) }), limits ?? LedgerLimits.Default);

    private static LedgerVerdict Waiting(ShardLedger shard) => Referee.Judge(Of(1, shard), LedgerLimits.Default);

    private static Ledger Of(int wait, params ShardLedger[] shards) =>
        new(TimeSpan.FromSeconds(10), wait, [.. shards], LatencySummary.None);

    private static string[] Codes(LedgerVerdict verdict) => [.. verdict.Findings.Select(f => f.Code)];

    private static TimeSpan Ms(int ms) => TimeSpan.FromMilliseconds(ms);
}
