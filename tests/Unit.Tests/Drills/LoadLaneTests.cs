using Slotwright.Core.Drills;
using Slotwright.Core.Slots;
using Slotwright.Operations.Drills;
using Slotwright.Operations.Running;
using Slotwright.Unit.Tests.Support;
using Slotwright.Valkey.Resp;

namespace Slotwright.Unit.Tests.Drills;

/// <summary>One lane at 100 operations a second, in a time that the tests move on.</summary>
public sealed class LoadLaneTests
{
    private static readonly LoadOptions Options = LoadOptions.Default with
    {
        Duration = TimeSpan.FromSeconds(10),
        Clients = 1,
        Pipeline = 4,
    };

    private readonly FakeTime _time = new();
    private readonly FakeShard _server = new();
    private readonly LoadShard _shard = new(SlotSet.All, "m0", default, new RunTimeline());
    private readonly LaneCounts _counts = new();
    private LoadKey[] _keys = [];
    private Task _run = Task.CompletedTask;

    [Fact]
    public async Task Each_operation_begins_when_it_is_due()
    {
        var (lane, run) = Start();

        await MoveAsync(1);
        Assert.Equal(100, Total());
        await MoveAsync(9);
        await run;

        var counts = Counts(lane);
        Assert.Equal((1000, 0), (counts.Attempted + counts.Reads, counts.Failed + counts.FailedReads));
        Assert.Equal(counts.Attempted, counts.Acknowledged);
        Assert.InRange(counts.Reads, 90, 120); // one in nine
        Assert.Equal(default, lane.Found());
    }

    [Fact]
    public async Task While_the_shard_hangs_no_more_is_sent_than_the_pipeline_takes()
    {
        var (lane, run) = Start();
        await MoveAsync(1);
        _server.Hang();

        await MoveAsync(1);
        Assert.Equal(104, Total());

        await ResumeAsync(200);
        await MoveAsync(8);
        await run;
        Assert.Equal(1000, Total());
        Assert.Equal(0, Counts(lane).Failed);
    }

    [Fact]
    public async Task What_could_not_begin_within_its_budget_has_failed_without_being_sent()
    {
        var (lane, run) = Start();
        await MoveAsync(1);
        _server.Hang();
        await MoveAsync(5);
        _server.Resume();
        await MoveAsync(4);
        await run;

        var counts = Counts(lane);
        Assert.InRange(counts.Failed, 310, 330); // five seconds of operations, but for those of the last 1.8
        Assert.Equal(1000, Total() + counts.Failed);
        Assert.Equal(1000, counts.Attempted + counts.Reads);
        Assert.Equal([new(FailureReason.NotBegun, counts.Failed)], counts.Failures.ToArray().AsEnumerable());
        var gap = _shard.LongestGap(Options.Duration);
        Assert.InRange(gap.Length.TotalSeconds, 4.9, 5.1);
        Assert.InRange(gap.From.TotalSeconds, 0.9, 1.1);
    }

    [Fact]
    public async Task Latency_counts_from_the_moment_when_an_operation_was_due()
    {
        var (lane, run) = Start();
        await MoveAsync(1);
        _server.Hang();
        await MoveAsync(1);
        await ResumeAsync(200);
        await MoveAsync(8);
        await run;

        var latency = Counts(lane).Latency.Summarise();
        Assert.InRange(latency.Max.TotalMilliseconds, 950, 1050);
        Assert.InRange(latency.P99.TotalMilliseconds, 850, 1050); // a hundred of a thousand waited, not four
        Assert.InRange(latency.P50.TotalMilliseconds, 0, 5);
    }

    [Fact]
    public async Task Refused_writes_have_failed_and_nothing_is_lost()
    {
        _server.Answer = c => c == "SETRANGE" ? new RespValue.Error("OOM command not allowed") : null;
        var (lane, run) = Start();
        await MoveAsync(10);
        await run;

        var counts = Counts(lane);
        Assert.Equal((0, counts.Attempted), (counts.Acknowledged, counts.Failed));
        Assert.Equal([new(FailureReason.Oom, counts.Failed)], counts.Failures.ToArray().AsEnumerable());
        Assert.True(counts.Attempted > 400);
        Assert.Equal(default, lane.Found());
    }

    [Fact]
    public async Task A_shard_that_forgets_is_caught_and_its_keys_get_a_time_to_live_again()
    {
        var (lane, run) = Start();
        await MoveAsync(5);
        var before = Counts(lane).Acknowledged;
        _server.Forget();
        await MoveAsync(5);
        await run;

        Assert.InRange(Closed(lane).Lost, before * 8 / 10, before);
        Assert.InRange(_server.Count("PEXPIRE"), 16, 20); // once for each key, and for what was under way
    }

    [Fact]
    public async Task A_new_connection_has_keys_read_before_they_are_written()
    {
        var (_, run) = Start();
        await MoveAsync(1);
        var reads = _server.Count("GET");
        _server.Connection = new object();
        await MoveAsync(0.1);

        Assert.InRange(_server.Count("GET") - reads, 4, 6); // every other of ten: the writes go to keys that were read
        await MoveAsync(9);
        await run;
    }

    [Fact]
    public async Task Every_write_is_followed_by_wait()
    {
        var (lane, run) = Start(Options with { WaitReplicas = 1 });
        await MoveAsync(10);
        await run;

        var counts = Counts(lane);
        Assert.Equal((counts.Attempted, counts.Attempted), (counts.Confirmed, _server.Count("WAIT")));
    }

    [Fact]
    public async Task Where_replicas_are_gone_wait_is_tried_now_and_then_and_nothing_is_confirmed()
    {
        var (lane, run) = Start(Options with { WaitReplicas = 1 });
        _server.Replicas = 0;
        await MoveAsync(5);
        Assert.Equal(0, Counts(lane).Confirmed);
        Assert.InRange(_server.Count("WAIT"), 15, 25);
        _server.Replicas = 1;
        await MoveAsync(5);
        await run;

        Assert.InRange(Counts(lane).Confirmed, 400, 450); // five seconds of writes but for the first quarter
    }

    [Fact]
    public async Task An_early_end_ends_it_at_once()
    {
        var clock = new RunClock(_time, Options.Duration);
        var (lane, run) = Start(Options, clock);
        await MoveAsync(1);
        clock.EndNow();
        await MoveAsync(0.2);
        await run;

        Assert.InRange(Counts(lane).Attempted, 80, 101);
    }

    [Fact]
    public async Task An_interruption_ends_it_at_once_even_while_its_shard_hangs()
    {
        using var stop = new CancellationTokenSource();
        var (lane, run) = Start(ct: stop.Token);
        await MoveAsync(1);
        _server.Hang();
        await MoveAsync(1);
        await stop.CancelAsync();
        await run.WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System, default);

        var counts = Counts(lane);
        Assert.Equal(4, counts.Failed + counts.FailedReads); // what was under way
        Assert.Equal([new(FailureReason.Interrupted, 4)], counts.Failures.ToArray().AsEnumerable());
        Assert.Equal(104, counts.Attempted + counts.Reads);
    }

    [Fact]
    public async Task Reads_begin_with_the_writes()
    {
        var (_, run) = Start();
        await MoveAsync(0.5);

        Assert.InRange(_server.Count("GET"), 3, 8);
        await MoveAsync(9.5);
        await run;
    }

    private (LoadLane Lane, Task Run) Start(
        LoadOptions? options = null,
        RunClock? clock = null,
        CancellationToken ct = default
    )
    {
        options ??= Options;
        _server.Time = _time;
        _keys = LoadKeys.Make(options, "test", SlotSet.All, 0)[..16];
        var commands = new LoadCommands(options, TimeSpan.FromMinutes(1));
        foreach (var key in _keys)
        {
            _server.Make(key, commands.Length);
        }
        var lane = new LoadLane(
            options,
            commands,
            _shard,
            options.WaitReplicas,
            _keys,
            new Pace(100, TimeSpan.FromMilliseconds(5)),
            clock ?? new RunClock(_time, options.Duration),
            _server.SendAsync,
            _ => _server.Connection
        );
        _run = lane.RunAsync(ct);
        return (lane, _run);
    }

    private LaneCounts Counts(LoadLane lane)
    {
        lane.MoveCountsTo(_counts);
        return _counts;
    }

    private RingCounts Closed(LoadLane lane)
    {
        foreach (var key in _keys)
        {
            key.Ring.BeginRead();
            key.Ring.ReadShowed(_server.ValueOf(key), Options.ValueSize);
            key.Ring.Close(wasRead: true);
        }
        return lane.Found();
    }

    /// <summary>Time goes on when the lane has made up for the hang.</summary>
    private async Task ResumeAsync(int total)
    {
        _server.Resume();
        Assert.True(
            await Wait.UntilAsync(
                _ => ValueTask.FromResult(Total() == total),
                TimeSpan.FromSeconds(10),
                TimeProvider.System,
                default
            )
        );
    }

    private int Total() => _server.Count("SETRANGE") + _server.Count("GET");

    /// <summary>Moves time on by milliseconds, each as soon as the lane sleeps again.</summary>
    private async Task MoveAsync(double seconds)
    {
        for (var i = 0; i < seconds * 1000; i++)
        {
            await Wait.UntilAsync(
                _ => ValueTask.FromResult(_time.Waiting > 0 || _run.IsCompleted),
                TimeSpan.FromMilliseconds(50),
                TimeProvider.System,
                default
            );
            _time.Advance(TimeSpan.FromMilliseconds(1));
        }
    }
}
