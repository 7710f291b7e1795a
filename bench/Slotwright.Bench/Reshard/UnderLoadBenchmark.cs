using System.Collections.Immutable;
using System.Diagnostics;
using Slotwright.Bench.Reports;
using Slotwright.Core.Charts;
using Slotwright.Core.Cluster;
using Slotwright.Core.Slots;
using Slotwright.Integration.Tests.Support;
using Slotwright.Local.State;
using Slotwright.Operations.Drills;
using Slotwright.Operations.Observing;

namespace Slotwright.Bench.Reshard;

/// <summary>What clients notice while 2,000 slots go to another shard.</summary>
internal sealed class UnderLoadBenchmark(BenchOptions options, string program, StateRoot root, int keysPerSlot)
{
    private const int Rate = 1000;
    private const int Slots = 2000;
    private const string Nothing = "nothing moves";
    private const string Cli = "valkey-cli, as it is";
    private const string Stepwise = "slotwright --mover stepwise";

    /// <summary>Clients of a tool that is done sooner have that much more of a quiet time.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(20);

    private static readonly SlotSet Moved = SlotSet.Of(0, Slots - 1);

    /// <exception cref="InvalidOperationException">A tool failed.</exception>
    public static Task RunAsync(BenchOptions options, CancellationToken ct) =>
        BenchFolder.InAsync(
            options,
            (program, root) =>
                new UnderLoadBenchmark(options, program, root, SmallKeys.PerSlot(options)).RunAllAsync(ct)
        );

    private async Task RunAllAsync(CancellationToken ct)
    {
        var results = new List<UnderLoadResult>();
        foreach (var version in new[] { "8.1", "9.1" })
        {
            results.AddRange(await RunAsync(version, ct));
        }
        Report([.. results]).Publish(options);
    }

    private BenchReport Report(ImmutableArray<UnderLoadResult> results)
    {
        var ours = results.First(r => r is { Version: "8.1", Tool: Stepwise });
        var theirs = results.First(r => r is { Version: "8.1", Tool: Cli });
        return new BenchReport(
            "reshard-load",
            "What clients notice of slots that move",
            $"""
            Three shards of one replica each, all on this machine, {keysPerSlot} keys of 256 bytes in each slot. {Rate} operations a
            second go to all slots, for {Window.TotalSeconds:0} s from before the move of {Slots} slots, or until after it where it takes longer; the
            tools in turn. Each figure is the median of the runs' own; latency counts from the moment when an operation was due.
            """,
            new Table(
                ["version", "tool", "runs", "move, s", "p50 ms", "p99 ms", "max ms", "failed", "lost"],
                [.. results.Select(r => r.Row)]
            ),
            "Load, tools and servers share the processors of this machine. Servers neither rewrite their append-only files nor save snapshots meanwhile.",
            new BarChart(
                "Latency, p99",
                "ms",
                ["median of the runs"],
                [.. results.Select(r => new BarGroup($"{r.Version}, {r.Tool}", [r.P99]))]
            ),
            $"p99 {UnderLoadResult.Figure(ours.P99)} ms on 8.1 by {Stepwise}, {UnderLoadResult.Figure(theirs.P99)} ms by valkey-cli, median of {ours.Runs.Length} runs"
        );
    }

    /// <summary>The tools take turns: a machine may get slower in the course of the run.</summary>
    private async Task<ImmutableArray<UnderLoadResult>> RunAsync(string version, CancellationToken ct)
    {
        await using var servers = await BenchServers.UpAsync(program, root, version, 3, 1, keysPerSlot, false, ct);
        var tools = servers.Tools;
        var primaries = await tools.PrimariesAsync(ct);
        var ends = (From: primaries.Single(p => p.Slots.Contains(0)), To: primaries.First(p => !p.Slots.Contains(0)));
        (string Title, Func<Node, Node, Task> Move)[] ways =
        [
            (Nothing, (_, _) => Task.CompletedTask),
            (Cli, (from, to) => tools.CliReshardAsync(from, to, Slots, null, ct)),
            (Stepwise, (from, to) => OursAsync(tools, from, to, "stepwise", ct)),
            .. version == "9.1"
                ? new (string, Func<Node, Node, Task>)[]
                {
                    ("slotwright", (from, to) => OursAsync(tools, from, to, "auto", ct)),
                }
                : [],
        ];
        var runs = ways.ToDictionary(w => w.Title, _ => new List<UnderLoadRun>(), StringComparer.Ordinal);
        for (var round = 0; round < (options.Quick ? 2 : 5); round++)
        {
            foreach (var (title, move) in ways)
            {
                var run = await RunAsync(servers.Session, () => move(ends.From, ends.To), ct);
                await tools.IsSettledAsync(ct);
                ends = title == Nothing ? ends : (ends.To, ends.From);
                runs[title].Add(run);
                var ledger = run.Ledger;
                Terminal.Complain(
                    $"{version}, load, {title}, run {round + 1}: {run.Took.TotalSeconds:0.0} s, p99 {ledger.Latency.P99.TotalMilliseconds:0.0} ms, {ledger.Failed + ledger.FailedReads} failed"
                );
            }
        }
        return [.. ways.Select(w => new UnderLoadResult(version, w.Title, [.. runs[w.Title]]))];
    }

    private static Task<TimeSpan> OursAsync(MoveTools tools, Node from, Node to, string mover, CancellationToken ct) =>
        tools.OurReshardAsync(from.Member!, to.Member!, Moved.ToString(), mover, "normal", ct);

    /// <summary>The load begins before the deed and ends after it.</summary>
    private static async Task<UnderLoadRun> RunAsync(ClusterSession servers, Func<Task> deed, CancellationToken ct)
    {
        var wish = LoadOptions.Default with { Rate = Rate, Duration = TimeSpan.FromMinutes(5) };
        await using var session = new ClusterSession(servers.Target, null, TimeProvider.System);
        var took = TimeSpan.Zero;
        var result = await LoadAround.UntilDoneAsync(
            session,
            wish,
            new Random(1),
            async () =>
            {
                var start = Stopwatch.GetTimestamp();
                await deed();
                took = Stopwatch.GetElapsedTime(start);
                if (took < Window)
                {
                    await Task.Delay(Window - took, ct);
                }
            },
            ct
        );
        return new UnderLoadRun(took, result.Ledger);
    }
}
