using System.Collections.Immutable;
using Slotwright.Bench.Reports;
using Slotwright.Core.Charts;
using Slotwright.Core.Cluster;
using Slotwright.Core.Drills;
using Slotwright.Core.Slots;
using Slotwright.Local.State;
using Slotwright.Operations.Drills;
using Slotwright.Operations.Observing;

namespace Slotwright.Bench.Reshard;

/// <summary>What clients notice while 2,000 slots go to another shard.</summary>
internal sealed class UnderLoadBenchmark(BenchOptions options, string program, StateRoot root, int keysPerSlot)
{
    private const int Rate = 1000;
    private const int Slots = 2000;
    private const string Cli = "valkey-cli, as it is";
    private const string Stepwise = "slotwright --mover stepwise";

    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(10);
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
            second go to all slots, from before the move of {Slots} slots until after it. Each figure is the median of the runs'
            own; latency counts from the moment when an operation was due.
            """,
            new Table(
                ["version", "tool", "runs", "move, s", "p50 ms", "p99 ms", "max ms", "failed", "lost"],
                [.. results.Select(r => r.Row)]
            ),
            "Load, tools and servers share the processors of this machine.",
            new BarChart(
                "Latency, p99",
                "ms",
                ["median of the runs"],
                [.. results.Select(r => new BarGroup($"{r.Version}, {r.Tool}", [r.P99]))]
            ),
            $"p99 {UnderLoadResult.Figure(ours.P99)} ms on 8.1 by {Stepwise}, {UnderLoadResult.Figure(theirs.P99)} ms by valkey-cli, median of {ours.Runs.Length} runs"
        );
    }

    private async Task<ImmutableArray<UnderLoadResult>> RunAsync(string version, CancellationToken ct)
    {
        await using var servers = await BenchServers.UpAsync(program, root, version, 3, 1, keysPerSlot, false, ct);
        var tools = servers.Tools;
        var primaries = await tools.PrimariesAsync(ct);
        var ends = (From: primaries.Single(p => p.Slots.Contains(0)), To: primaries.First(p => !p.Slots.Contains(0)));
        (string Title, Func<Node, Node, Task> Move)[] ways =
        [
            ("nothing moves", (_, _) => Task.Delay(Quiet, ct)),
            (Cli, (from, to) => tools.CliReshardAsync(from, to, Slots, null, ct)),
            (Stepwise, (from, to) => OursAsync(tools, from, to, "stepwise", ct)),
            .. version == "9.1"
                ? new (string, Func<Node, Node, Task>)[]
                {
                    ("slotwright", (from, to) => OursAsync(tools, from, to, "auto", ct)),
                }
                : [],
        ];
        var results = ImmutableArray.CreateBuilder<UnderLoadResult>();
        foreach (var (title, move) in ways)
        {
            var runs = new List<UnderLoadRun>();
            for (var i = 0; i < (options.Quick ? 2 : 4); i++)
            {
                var took = TimeSpan.Zero;
                var ledger = await LoadAsync(
                    servers.Session,
                    async () =>
                    {
                        var start = TimeProvider.System.GetTimestamp();
                        await move(ends.From, ends.To);
                        took = TimeProvider.System.GetElapsedTime(start);
                    },
                    ct
                );
                await tools.IsSettledAsync(ct);
                ends = title == ways[0].Title ? ends : (ends.To, ends.From);
                runs.Add(new UnderLoadRun(took, ledger));
                Terminal.Complain(
                    $"{version}, load, {title}, run {i + 1}: {took.TotalSeconds:0.0} s, p99 {ledger.Latency.P99.TotalMilliseconds:0.0} ms, {ledger.Failed + ledger.FailedReads} failed"
                );
            }
            results.Add(new UnderLoadResult(version, title, [.. runs]));
        }
        return results.ToImmutable();
    }

    private static Task<TimeSpan> OursAsync(MoveTools tools, Node from, Node to, string mover, CancellationToken ct) =>
        tools.OurReshardAsync(from, to, Moved.ToString(), mover, "normal", ct);

    private static async Task<Ledger> LoadAsync(ClusterSession servers, Func<Task> deed, CancellationToken ct)
    {
        await using var session = new ClusterSession(servers.Target, null, TimeProvider.System);
        var wish = LoadOptions.Default with { Rate = Rate, Duration = TimeSpan.FromMinutes(5) };
        var run = new LoadRun(session, wish, new Random(1));
        var begun = new LoadBegun();
        var loading = run.RunAsync(begun, ct);
        await Task.WhenAny(begun.Task, loading);
        try
        {
            await deed();
        }
        finally
        {
            run.Finish();
        }
        return (await loading).Ledger;
    }
}
