using System.Collections.Immutable;
using Slotwright.Core.Failover;

namespace Slotwright.Core.Tests.Failover;

public sealed class OwnFenceTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly OwnFenceEvidence Well = new(true, 3, 3, TimeSpan.Zero, 0, false, TimeSpan.Zero);
    private static readonly OwnFenceEvidence CutOff = Well with { Reached = 1, SinceMajority = Second };
    private static readonly OwnFenceEvidence Fenced = CutOff with { IsFenced = true };

    [Fact]
    public void A_primary_that_reaches_no_majority_for_a_second_takes_no_writes_until_it_is_back_and_still_owns_its_slots()
    {
        Assert.Equal(OwnFenceDecision.Nothing, OwnFence.Decide(Well));
        Assert.Equal(OwnFenceDecision.Nothing, OwnFence.Decide(CutOff with { SinceMajority = 0.9 * Second }));
        Assert.Equal(OwnFenceDecision.Fence, OwnFence.Decide(CutOff));
        Assert.Equal(OwnFenceDecision.Nothing, OwnFence.Decide(CutOff with { Reached = 2 }));
        Assert.Equal(OwnFenceDecision.Nothing, OwnFence.Decide(Fenced with { SinceRenewed = 0.9 * Second }));
        Assert.Equal(OwnFenceDecision.Renew, OwnFence.Decide(Fenced with { SinceRenewed = Second }));
        Assert.Equal(OwnFenceDecision.Unfence, OwnFence.Decide(Fenced with { Reached = 2, Owning = 2 }));
        Assert.Equal(OwnFenceDecision.Nothing, OwnFence.Decide(Fenced with { Reached = 3, Owning = 1 }));
        Assert.Equal(OwnFenceDecision.Unfence, OwnFence.Decide(Fenced with { IsPrimary = false }));
        Assert.Equal(OwnFenceDecision.Nothing, OwnFence.Decide(CutOff with { IsPrimary = false }));
    }

    [Theory]
    [InlineData(3.0, 3.0, 2.0)] // silent for 3 s: it holds since 2
    [InlineData(0.5, 0.5, -0.5)]
    [InlineData(0.2, 3.0, -0.8)] // its agent still promises: its server hangs
    [InlineData(3.0, 0.1, null)] // its server is there, and its agent is not: nothing is promised
    [InlineData(9.0, 3.0, null)] // its agent was silent before
    [InlineData(null, 3.0, null)]
    [InlineData(3.0, null, null)]
    public void A_promise_holds_a_second_after_both_agent_and_server_fell_silent(
        double? promise,
        double? reached,
        double? since
    ) => Assert.Equal(since, Promise.HoldsSince([Sight(promise, reached), Sight(promise, reached)], 3)?.TotalSeconds);

    [Fact]
    public void It_takes_a_majority_of_the_primaries_to_say_so_and_the_last_of_them_counts()
    {
        var silent = Sight(4, 4);
        Assert.Null(Promise.HoldsSince([silent], 3));
        Assert.Null(Promise.HoldsSince([silent, Sight(0.1, 0.1)], 3) is { Ticks: > 0 } since ? since : null);
        Assert.Equal(3, Promise.HoldsSince([silent, silent, Sight(0.1, 0.1)], 3)?.TotalSeconds);
        Assert.Null(Promise.HoldsSince([silent, silent], 5));
        Assert.Equal(1, Promise.HoldsSince([silent, Sight(2, 2), silent], 5)?.TotalSeconds);
    }

    /// <summary>Whoever can be replaced by the word of a majority has no majority itself, and is fenced.</summary>
    [Fact]
    public void None_that_may_be_replaced_takes_writes_whoever_reaches_whom()
    {
        var random = new Random(1);
        for (var i = 0; i < 10_000; i++)
        {
            var primaries = random.Next(1, 8);
            var cut = Enumerable.Range(1, primaries - 1).Select(_ => random.Next(2) == 0).ToArray();
            var since = random.NextDouble() * 5 * Second;
            var sights = cut.Select(c => c ? new PromiseSight(since, since) : Sight(0.1, 0.1)).ToImmutableArray();
            var own = new OwnFenceEvidence(true, primaries, 1 + cut.Count(c => !c), since, 0, false, default);
            if (Promise.HoldsSince(sights, primaries) is { } holds && holds >= TimeSpan.Zero)
            {
                Assert.Equal(OwnFenceDecision.Fence, OwnFence.Decide(own));
            }
        }
    }

    private static PromiseSight Sight(double? promise, double? reached) => new(promise * Second, reached * Second);
}
