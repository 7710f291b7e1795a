using Slotwright.Core.Failover;

namespace Slotwright.Core.Tests.Failover;

/// <summary>The judge among agents that are late, missing or frozen.</summary>
public sealed class SimulatedShardTests
{
    private const int Runs = 2000;

    private static readonly FailoverOptions Careful = FailoverOptions.Default;

    [Fact]
    public void Whoever_is_late_missing_or_frozen_nothing_confirmed_is_lost_and_nobody_who_is_there_is_replaced()
    {
        Assert.All(
            Run(Careful),
            s =>
            {
                Assert.False(s.HasLost);
                Assert.Equal(0, s.Harm);
            }
        );
    }

    [Fact]
    public void Where_all_are_well_a_dead_primary_is_replaced_in_a_moment_and_one_that_hangs_is_not()
    {
        var well = Run(Careful).Where(s => s.IsWell).ToArray();
        Assert.True(well.Length > Runs / 10);
        Assert.All(well, s => Assert.Equal(s.IsDead, s.Winner is not null));
        var times = well.Where(s => s.IsDead).Select(s => s.WonAt).Order().ToArray();
        Assert.True(times[times.Length / 2] <= 100);
        Assert.True(times[^1] <= 2000);
    }

    [Fact]
    public void Most_are_replaced_also_where_something_is_amiss()
    {
        var amiss = Run(Careful).Where(s => s is { IsWell: false, IsDead: true }).ToArray();
        Assert.True(amiss.Count(s => s.Winner is not null) > amiss.Length / 4);
    }

    [Fact]
    public void Did_it_act_on_what_it_saw_before_it_froze_it_would_replace_the_new_primary() =>
        Assert.Contains(
            Run(Careful, e => FailoverJudge.Decide(e with { Age = TimeSpan.Zero }), looksAgain: false),
            s => s.Harm > 0
        );

    [Fact]
    public void Did_it_overlook_that_another_says_it_is_a_primary_it_would_replace_that_one() =>
        Assert.Contains(
            Run(
                Careful,
                e =>
                    FailoverJudge.Decide(
                        e with
                        {
                            Readings =
                            [
                                .. e.Readings!.Value.Select(r =>
                                    r.IsReplica ? r : r with { IsReplica = true, IsSyncing = true }
                                ),
                            ],
                        }
                    )
            ),
            s => s.Harm > 0
        );

    [Fact]
    public void Were_availability_preferred_what_wait_confirmed_would_be_lost_at_times() =>
        Assert.Contains(Run(Careful with { PreferAvailability = true }), s => s.HasLost);

    [Fact]
    public void Were_a_hung_primary_taken_for_dead_one_that_is_there_would_be_replaced() =>
        Assert.Contains(
            Run(
                Careful,
                e =>
                    FailoverJudge.Decide(
                        e with
                        {
                            Condition = MemberCondition.Dead,
                            Knock = PortAnswer.Silent,
                            Readings = [.. e.Readings!.Value.Select(r => r with { LinkUp = false })],
                        }
                    )
            ),
            s => s.Harm > 0
        );

    private static SimulatedShard[] Run(
        FailoverOptions options,
        Func<FailoverEvidence, FailoverDecision>? judge = null,
        bool looksAgain = true
    )
    {
        var shards = Enumerable
            .Range(0, Runs)
            .Select(seed => new SimulatedShard(seed, options, judge, looksAgain))
            .ToArray();
        foreach (var shard in shards)
        {
            shard.Run();
        }
        return shards;
    }
}
