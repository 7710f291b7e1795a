using System.Collections.Immutable;
using Slotwright.Core.Agent;
using Slotwright.Core.Failover;
using static Slotwright.Core.Tests.Failover.Death;

namespace Slotwright.Core.Tests.Failover;

public sealed class FailoverJudgeTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData(MemberCondition.Dead, "Force")]
    [InlineData(MemberCondition.Hung, "Nothing")]
    [InlineData(MemberCondition.Running, "Nothing")]
    [InlineData(MemberCondition.Starting, "Nothing")]
    [InlineData(MemberCondition.Unreachable, "Nothing")]
    [InlineData(MemberCondition.Unknown, "Watch")]
    public void Only_a_dead_primary_is_replaced(MemberCondition condition, string verb) =>
        Assert.Equal(verb, Verb(FailoverJudge.Decide(Both(A) with { Condition = condition })));

    [Theory]
    [InlineData(MemberCondition.Hung)]
    [InlineData(MemberCondition.Running)]
    [InlineData(MemberCondition.Starting)]
    [InlineData(MemberCondition.Unknown)]
    public void No_option_and_no_time_makes_an_agent_replace_one_that_is_there(MemberCondition condition)
    {
        var evidence = Both(A) with
        {
            Condition = condition,
            Options = new FailoverOptions(true, true, 1, true),
            Waited = TimeSpan.FromHours(1),
            SincePromiseHolds = TimeSpan.FromHours(1),
        };
        Assert.NotEqual("Force", Verb(FailoverJudge.Decide(evidence)));
    }

    [Fact]
    public void What_it_has_no_part_in_it_leaves_alone()
    {
        string Judged(Func<FailoverEvidence, FailoverEvidence> change) => Verb(FailoverJudge.Decide(change(Both(A))));

        Assert.Equal("Force", Judged(e => e));
        Assert.Equal("Nothing", Judged(e => e with { Options = FailoverOptions.Off }));
        Assert.Equal("Nothing", Judged(e => e.With(s => s with { Winner = B })));
        Assert.Equal("Nothing", Judged(e => e.With(s => s with { Winner = A })));
        Assert.Equal("Nothing", Judged(e => e.With(s => s with { Replicas = [B] })));
        Assert.Equal("Nothing", Judged(e => e with { Knock = PortAnswer.Accepted }));
        Assert.Equal("Nothing", Judged(e => e with { Operations = [new OperationMark("restart", [P])] }));
        Assert.Equal("Force", Judged(e => e with { Operations = [new OperationMark("restart", [B])] }));
        Assert.Equal("Force", Judged(e => e with { Knock = PortAnswer.Silent }));
        Assert.Equal("Force", Judged(e => e with { Age = 0.3 * Second }));
        Assert.Equal("Watch", Judged(e => e with { Age = 0.4 * Second })); // it was frozen meanwhile
    }

    [Fact]
    public void Replicas_are_compared_before_anything_is_done_and_after_their_links_are_down()
    {
        Assert.Equal("Compare", Verb(FailoverJudge.Decide(Both(A) with { Readings = null })));
        Assert.Equal("Watch", Verb(FailoverJudge.Decide(Both(A).WithReading(B, r => r with { LinkUp = true }))));
        Assert.Equal("Watch", Verb(FailoverJudge.Decide(Both(A).WithReading(A, r => r with { LinkUp = true }))));
    }

    [Fact]
    public void The_one_with_the_highest_offset_takes_over_and_the_other_watches()
    {
        Assert.Equal("Force", Verb(FailoverJudge.Decide(Both(A))));
        Assert.Equal("Watch", Verb(FailoverJudge.Decide(Both(B))));
        Assert.Equal("Force", Verb(FailoverJudge.Decide(Of(B, Reading(A, 100), Reading(B, 200)))));
    }

    [Fact]
    public void One_that_has_not_completed_a_sync_of_the_primarys_stream_never_takes_over()
    {
        foreach (
            var broken in (ReplicaReading[])
                [
                    Reading(A, 900) with
                    {
                        IsSyncing = true,
                    },
                    Reading(A, 900) with
                    {
                        IsLoading = true,
                    },
                    Reading(A, 900) with
                    {
                        MayNot = true,
                    },
                    Reading(A, 900) with
                    {
                        Stream = "another",
                    },
                    Reading(A, 0),
                ]
        )
        {
            Assert.Equal(
                "Watch",
                Verb(FailoverJudge.Decide(Of(A, broken, Reading(B, 100)) with { Waited = 9 * Second }))
            );
            Assert.Equal("Force", Verb(FailoverJudge.Decide(Of(B, broken, Reading(B, 100)))));
            Assert.Equal(
                "Watch",
                Verb(
                    FailoverJudge.Decide(
                        Of(A, broken).With(s => s with { Replicas = [A] }) with
                        {
                            Waited = 9 * Second,
                        }
                    )
                )
            );
        }
    }

    [Fact]
    public void One_that_says_it_is_a_primary_has_taken_over_although_the_news_has_not_come_yet()
    {
        var promoted = Both(B).WithReading(A, r => r with { IsReplica = false }) with { Waited = 9 * Second };
        Assert.Equal("Watch", Verb(FailoverJudge.Decide(promoted)));
    }

    [Fact]
    public void Where_the_primarys_stream_is_not_known_replicas_of_one_stream_are_compared_and_of_two_none_is_best()
    {
        Assert.Equal("Force", Verb(FailoverJudge.Decide(Both(A) with { Stream = "" })));
        var two = Both(A).WithReading(B, r => r with { Stream = "another" }) with { Stream = "" };
        Assert.Equal("Watch", Verb(FailoverJudge.Decide(two)));
    }

    [Fact]
    public void Among_equals_the_zone_with_the_fewest_primaries_decides_and_all_agents_agree()
    {
        ReplicaReading[] readings = [Reading(A, 100) with { Zone = "az-a" }, Reading(B, 100) with { Zone = "az-b" }];
        var zones = ImmutableDictionary<string, int>.Empty.Add("az-a", 2).Add("az-b", 1);

        Assert.Equal("Watch", Verb(FailoverJudge.Decide(Of(A, readings) with { PrimariesByZone = zones })));
        Assert.Equal("Force", Verb(FailoverJudge.Decide(Of(B, readings) with { PrimariesByZone = zones })));
        Assert.Equal("Force", Verb(FailoverJudge.Decide(Of(A, readings))));
        Assert.Equal("Watch", Verb(FailoverJudge.Decide(Of(B, readings))));
    }

    [Theory]
    [InlineData(1, 1, 1, true)]
    [InlineData(2, 2, 1, true)]
    [InlineData(1, 2, 1, false)] // what WAIT 1 confirmed may be on the other
    [InlineData(1, 2, 2, true)] // WAIT 2 is on both
    [InlineData(2, 3, 1, false)]
    [InlineData(2, 3, 2, true)]
    [InlineData(1, 3, 2, false)]
    [InlineData(1, 3, 3, true)]
    public void What_wait_confirmed_is_among_those_compared(int compared, int replicas, int wait, bool isThere) =>
        Assert.Equal(isThere, ReplicaRanking.HasConfirmed(compared, replicas, wait));

    [Fact]
    public void Where_a_replica_could_not_be_compared_valkey_decides_unless_availability_is_preferred()
    {
        var alone = Of(A, Reading(A, 100)) with { Waited = 9 * Second };
        Assert.Equal("Watch", Verb(FailoverJudge.Decide(alone)));
        Assert.Equal("Force", Verb(FailoverJudge.Decide(alone with { Options = Options(wait: 2) })));
        Assert.Equal("Force", Verb(FailoverJudge.Decide(alone with { Options = Options(prefer: true) })));
    }

    [Fact]
    public void The_next_acts_a_second_later_and_never_where_another_has_what_wait_confirmed()
    {
        var equal = Of(B, Reading(A, 100), Reading(B, 100));
        Assert.Equal("Watch", Verb(FailoverJudge.Decide(equal with { Waited = 0.9 * Second })));
        Assert.Equal("Force", Verb(FailoverJudge.Decide(equal with { Waited = 1 * Second })));
        Assert.Equal("Watch", Verb(FailoverJudge.Decide(Both(B) with { Waited = 60 * Second })));
        var prefers = Both(B) with { Waited = 1 * Second, Options = Options(prefer: true) };
        Assert.Equal("Force", Verb(FailoverJudge.Decide(prefers)));
        Assert.Equal(
            "Force",
            Verb(FailoverJudge.Decide(Both(B) with { Waited = 1 * Second, Options = Options(wait: 2) }))
        );
    }

    [Fact]
    public void Force_is_sent_again_until_there_is_a_winner_by_no_two_at_the_same_times()
    {
        var sent = Both(A) with { SinceForce = 0.5 * Second };
        Assert.Equal("Watch", Verb(FailoverJudge.Decide(sent)));
        var again = Assert.IsType<FailoverDecision.Force>(FailoverJudge.Decide(sent with { SinceForce = Second }));
        Assert.True(again.Again);
        var pauses = Enumerable.Range(0, 6).Select(i => FailoverJudge.Again(Both(A).Shard with { Turn = i / 6.0 }));
        Assert.Equal(6, pauses.Distinct().Count());
        Assert.All(pauses, p => Assert.InRange(p.TotalSeconds, 0.6, 1));
    }

    [Theory]
    [InlineData(true, null, "Nothing")] // no promise
    [InlineData(true, -0.1, "Watch")]
    [InlineData(true, 0.9, "Watch")]
    [InlineData(true, 1.0, "Force")]
    [InlineData(false, 9.0, "Nothing")]
    public void One_that_is_cut_off_is_replaced_only_with_the_opt_in_and_a_second_after_its_promise_holds(
        bool optIn,
        double? since,
        string verb
    )
    {
        var evidence = Both(A).WithReading(A, r => r with { LinkUp = true }) with
        {
            Condition = MemberCondition.Unreachable,
            Options = FailoverOptions.Default with { Unreachable = optIn },
            SincePromiseHolds = since * Second,
        };
        Assert.Equal(verb, Verb(FailoverJudge.Decide(evidence)));
    }

    private static FailoverOptions Options(int wait = 1, bool prefer = false) => new(true, false, wait, prefer);
}
