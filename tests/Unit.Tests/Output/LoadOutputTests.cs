using Slotwright.Commands;
using Slotwright.Core.Drills;
using Slotwright.Core.Slots;
using Slotwright.Core.Tests.Support;
using Slotwright.Operations.Drills;
using Slotwright.Output;
using Slotwright.Unit.Tests.Support;

namespace Slotwright.Unit.Tests.Output;

public sealed class LoadOutputTests
{
    private static readonly LoadOptions Options = LoadOptions.Default;

    [Fact]
    public void A_run_that_kept_its_limits_ends_with_that()
    {
        var text = Text(Result(0, Healthy(0, 8191), Healthy(8192, 16383)));

        Golden.Check("load/kept.txt", text);
        Assert.StartsWith("kept: ", text.TrimEnd().Split('\n')[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_broke_them_says_why_and_ends_with_that()
    {
        var text = Text(Result(1, Healthy(0, 8191) with { Confirmed = 1000 }, Bad()));

        Golden.Check("load/broken.txt", text);
        Assert.StartsWith("broken (", text.TrimEnd().Split('\n')[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Programs_get_all_of_it()
    {
        var terminal = new FakeTerminal();
        Print(terminal, Format.Json, Result(1, Healthy(0, 8191) with { Confirmed = 1000 }, Bad()));

        Golden.Check("load/broken.json", terminal.Output);
        Assert.Equal("", terminal.Error);
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1, 0, 2)]
    [InlineData(0, 1, 1)]
    [InlineData(1, 1, 1)]
    public void The_exit_code_is_the_verdict(int lost, int unjudged, int exitCode)
    {
        var shard = Healthy(0, 16383) with { Failed = lost, Found = new(0, 0, 0, 0, 0, unjudged) };
        var verdict = Result(0, shard).Judge(LedgerLimits.Default with { MaxFailed = 0 });

        Assert.Equal(exitCode, LoadCommand.ExitCodeOf(verdict));
    }

    [Fact]
    public void A_line_a_second_says_how_it_goes()
    {
        var terminal = new FakeTerminal();
        var progress = new LoadProgress(terminal.Terminal);
        progress.Report(Snapshot(0, 0, 0, Shard("m0", 0)));
        progress.Report(Snapshot(1.002, 0, 0, Shard("m0", 12), Shard("m1", 3)));
        progress.Report(Snapshot(2, 7, 3, Shard("m0", 12), Shard("m1", 912)));

        Golden.Check("load/progress.txt", terminal.Error);
        Assert.Equal("", terminal.Output);
    }

    [Fact]
    public void The_last_second_is_told_once()
    {
        var terminal = new FakeTerminal();
        var progress = new LoadProgress(terminal.Terminal);
        progress.Report(Snapshot(0, 0, 0, Shard("m0", 0)));
        progress.Report(Snapshot(1.001, 0, 0, Shard("m0", 12)));
        progress.Report(Snapshot(2.002, 0, 0, Shard("m0", 12)));
        progress.Report(Snapshot(2.006, 0, 0, Shard("m0", 12)));
        progress.Report(Snapshot(2.006, 0, 0, Shard("m0", 12)) with { IsReadingBack = true });

        var lines = terminal.Error.TrimEnd().Split('\n');
        Assert.Equal((4, "reading back"), (lines.Length, lines[^1].TrimEnd()));
    }

    [Fact]
    public void Where_nothing_was_read_no_stale_reads_are_counted()
    {
        var text = Text(Result(0, Healthy(0, 16383) with { Reads = 0 })).TrimEnd().Split('\n');

        Assert.EndsWith(" -", text[1].TrimEnd(), StringComparison.Ordinal);
        Assert.Contains("no reads but those at the end", text[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void An_interrupted_run_says_so_and_ends_with_its_verdict()
    {
        var text = Text(Result(0, Healthy(0, 16383)) with { IsInterrupted = true }).TrimEnd().Split('\n');

        Assert.StartsWith("interrupted after ", text[^2], StringComparison.Ordinal);
        Assert.StartsWith("kept: ", text[^1], StringComparison.Ordinal);
    }

    private static ShardLedger Healthy(int first, int last) =>
        new(
            SlotSet.Of(first, last),
            $"valkey-{first / 8192}",
            Attempted: 1000,
            Acknowledged: 1000,
            Confirmed: 0,
            Failed: 0,
            Reads: 125,
            FailedReads: 0,
            new Gap(TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(12)),
            default
        );

    private static ShardLedger Bad() =>
        Healthy(8192, 16383) with
        {
            Attempted = 1200,
            Confirmed = 900,
            Failed = 200,
            LongestGap = new Gap(TimeSpan.FromSeconds(2), TimeSpan.FromMilliseconds(2310)),
            Found = new RingCounts(12, 2, 1, 1, 1, 0),
            Failures =
            [
                new(FailureReason.NotBegun, 120),
                new(FailureReason.ClusterDown, 60),
                new(FailureReason.NoConnection, 12),
                new(FailureReason.NoAnswer, 8),
            ],
        };

    private static LoadResult Result(int wait, params ShardLedger[] shards)
    {
        var latency = new LatencyHistogram();
        for (var i = 1; i <= 1000; i++)
        {
            latency.Record(TimeSpan.FromMicroseconds(i * 10d));
        }
        var ledger = new Ledger(TimeSpan.FromSeconds(10.002), wait, [.. shards], latency.Summarise())
        {
            Rate = RateReached.Of(Options.Rate, shards.Sum(s => s.Succeeded), TimeSpan.FromSeconds(2.25)),
        };
        return new LoadResult(
            "00c0ffee00",
            Options with
            {
                WaitReplicas = wait,
            },
            ledger,
            256,
            KeysLeft: wait,
            IsInterrupted: false
        );
    }

    private static string Text(LoadResult result)
    {
        var terminal = new FakeTerminal();
        Print(terminal, Format.Text, result);
        return terminal.Output;
    }

    private static void Print(FakeTerminal terminal, Format format, LoadResult result)
    {
        var limits = new LedgerLimits(100, TimeSpan.FromSeconds(2), 0);
        LoadOutput.Print(terminal.Terminal, format, "local:valkey", result, limits, result.Judge(limits));
    }

    private static LoadSnapshot Snapshot(double seconds, long failed, long lost, params LoadShardSnapshot[] shards) =>
        new(
            TimeSpan.FromSeconds(seconds),
            Options.Duration,
            1000 * seconds,
            Acknowledged: 1000,
            failed,
            TimeSpan.FromMicroseconds(420d),
            TimeSpan.FromMilliseconds(17.12),
            lost,
            [.. shards]
        );

    private static LoadShardSnapshot Shard(string name, int gap) =>
        new(SlotSet.All, name, TimeSpan.FromMilliseconds(gap), TimeSpan.FromMilliseconds(gap), 0);
}
