using Slotwright.Core.Slots;
using Slotwright.Operations.Drills;
using Slotwright.Unit.Tests.Support;
using Slotwright.Valkey.Resp;

namespace Slotwright.Unit.Tests.Drills;

/// <summary>What is told of a run while it goes on, and at its end.</summary>
public sealed class LoadScoreTests
{
    private static readonly LoadOptions Options = LoadOptions.Default with { Duration = TimeSpan.FromSeconds(10) };

    private readonly FakeTime _time = new();
    private readonly FakeShard _server = new();
    private readonly LoadShard _shard = new(SlotSet.All, "m0", default, new RunTimeline());

    /// <summary>Nothing is due any more while the answers of another shard are waited for.</summary>
    [Fact]
    public void After_the_end_no_gap_grows()
    {
        var clock = new RunClock(_time, Options.Duration);
        var score = new LoadScore(Options, clock, [Lane(clock)]);
        _time.Advance(TimeSpan.FromSeconds(9));
        _shard.Acknowledged(default, clock.Elapsed, clock.Elapsed);
        _time.Advance(TimeSpan.FromSeconds(3));

        var shard = score.Take().Shards[0];
        Assert.Equal(TimeSpan.FromSeconds(1), shard.CurrentGap);
        Assert.Equal(TimeSpan.FromSeconds(9), shard.LongestGap);
    }

    [Fact]
    public async Task The_ledger_has_the_rate_that_was_reached_and_why_it_was_no_better()
    {
        _server.Answer = _ => new RespValue.Error("MISCONF Errors writing to the AOF file");
        var clock = new RunClock(_time, Options.Duration);
        var lane = Lane(clock);
        var run = lane.RunAsync(default);
        clock.EndNow();
        _time.Advance(Options.Duration);
        await run;

        var ledger = new LoadScore(Options, clock, [lane]).ToLedger(clock.Elapsed);
        Assert.Equal(Options.Rate, ledger.Rate.Asked);
        Assert.Equal(0, ledger.Rate.Reached);
        Assert.Equal(Core.Drills.FailureReason.Misconf, Assert.Single(ledger.Failures).Reason);
        Assert.Equal(ledger.Failed + ledger.FailedReads, ledger.Failures.Sum(f => f.Count));
    }

    private LoadLane Lane(RunClock clock)
    {
        var keys = LoadKeys.Make(Options, "test", SlotSet.All, 0)[..16];
        var commands = new LoadCommands(Options, TimeSpan.FromMinutes(1));
        return new LoadLane(
            Options,
            commands,
            _shard,
            Options.WaitReplicas,
            keys,
            new Pace(100, TimeSpan.Zero),
            clock,
            _server.SendAsync,
            _ => _server.Connection
        );
    }
}
