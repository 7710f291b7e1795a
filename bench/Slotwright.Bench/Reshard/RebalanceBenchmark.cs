using System.Collections.Immutable;
using Slotwright.Bench.Reports;
using Slotwright.Local.State;

namespace Slotwright.Bench.Reshard;

/// <summary>The rebalance after an empty shard was added to three: a quarter of all slots goes to it.</summary>
internal sealed class RebalanceBenchmark(BenchOptions options, string program, StateRoot root, int keysPerSlot)
{
    private const int Moved = 4096;

    /// <exception cref="InvalidOperationException">A tool failed.</exception>
    public static Task RunAsync(BenchOptions options, CancellationToken ct) =>
        BenchFolder.InAsync(
            options,
            (program, root) =>
                new RebalanceBenchmark(options, program, root, SmallKeys.PerSlot(options)).RunAllAsync(ct)
        );

    private async Task RunAllAsync(CancellationToken ct)
    {
        var results = new List<ReshardResult>();
        foreach (var version in new[] { "8.1", "9.1" })
        {
            results.AddRange(await RunAsync(version, ct));
        }
        var report = Report([.. results]) with
        {
            Sections = [await new ManyPairs(options, program, root).RunAsync(ct), PlanTime.Run(options.Quick)],
        };
        report.Publish(options);
    }

    private BenchReport Report(ImmutableArray<ReshardResult> results) =>
        ReshardReport.Of(
            "rebalance",
            "The rebalance after an empty shard was added",
            $"""
            Four shards of one replica each, all on this machine; the fourth is emptied before each run. Each slot has {keysPerSlot}
            keys of 256 bytes, and about {Moved} slots go to the fourth shard again: what is measured is from the tool's start to
            its end. Left open are runs after which slots were open, or had no owner, 30 s later.
            """,
            "valkey-cli is run as `--cluster rebalance --cluster-use-empty-masters`. All servers share the processors and the disk of this machine.",
            results
        );

    private async Task<ImmutableArray<ReshardResult>> RunAsync(string version, CancellationToken ct)
    {
        await using var servers = await BenchServers.UpAsync(program, root, version, 4, 1, keysPerSlot, true, ct);
        var tools = servers.Tools;
        (string Title, Func<Task<TimeSpan>> Run)[] ways =
        [
            ("valkey-cli, as it is", () => CliAsync(tools, null, ct)),
            ("valkey-cli --cluster-pipeline 1000", () => CliAsync(tools, 1000, ct)),
            ("slotwright --mover stepwise --pace fast", () => OursAsync(tools, "stepwise", "fast", ct)),
            ("slotwright --mover stepwise", () => OursAsync(tools, "stepwise", "normal", ct)),
            .. version == "9.1"
                ? new (string, Func<Task<TimeSpan>>)[]
                {
                    ("slotwright --pace fast", () => OursAsync(tools, "auto", "fast", ct)),
                    ("slotwright", () => OursAsync(tools, "auto", "normal", ct)),
                }
                : [],
        ];
        var results = ImmutableArray.CreateBuilder<ReshardResult>();
        foreach (var (title, run) in ways)
        {
            var rates = new List<double>();
            var open = 0;
            for (var i = 0; i < (options.Quick ? 1 : 3); i++)
            {
                await EmptyAsync(tools, ct);
                var took = await run();
                open += await tools.IsSettledAsync(ct) ? 0 : 1;
                var moved = (await tools.PrimariesAsync(ct))[3].Slots.Count;
                rates.Add(moved * keysPerSlot / took.TotalSeconds);
                Terminal.Complain($"{version}, rebalance by {title}, run {i + 1}: {moved} slots, {rates[^1]:0} keys/s");
            }
            results.Add(new ReshardResult(version, title, [.. rates]) { Open = open });
        }
        return results.ToImmutable();
    }

    private static async Task EmptyAsync(MoveTools tools, CancellationToken ct)
    {
        await tools.OursAsync(["repair"], ct);
        await tools.OursAsync(["rebalance", "--weight", "bench-3=0", "--pace", "fast"], ct);
        if (!await tools.IsSettledAsync(ct) || !(await tools.PrimariesAsync(ct))[3].Slots.IsEmpty)
        {
            throw new InvalidOperationException("the fourth shard is not empty");
        }
    }

    private static async Task<TimeSpan> CliAsync(MoveTools tools, int? pipeline, CancellationToken ct)
    {
        var seed = (await tools.PrimariesAsync(ct))[0].Address.ToString();
        return await tools.CliAsync(["rebalance", seed, "--cluster-use-empty-masters"], pipeline, ct);
    }

    private static Task<TimeSpan> OursAsync(MoveTools tools, string mover, string pace, CancellationToken ct) =>
        tools.OursAsync(["rebalance", "--mover", mover, "--pace", pace], ct);
}
