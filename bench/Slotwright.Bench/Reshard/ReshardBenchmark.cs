using System.Collections.Immutable;
using System.Diagnostics;
using Slotwright.Bench.Reports;
using Slotwright.Core.Cluster;
using Slotwright.Core.Slots;
using Slotwright.Local.State;
using Slotwright.Operations.Observing;
using Slotwright.Operations.Running;

namespace Slotwright.Bench.Reshard;

/// <summary>2,000 slots go from one of three shards to another and back, by each tool on the same servers.</summary>
internal sealed class ReshardBenchmark(BenchOptions options, string program, StateRoot root)
{
    private const int Slots = 2000;

    private static readonly SlotSet Moved = SlotSet.Of(0, Slots - 1);

    /// <exception cref="InvalidOperationException">A tool failed.</exception>
    public static Task RunAsync(BenchOptions options, CancellationToken ct) =>
        BenchFolder.InAsync(options, (program, root) => new ReshardBenchmark(options, program, root).RunAllAsync(ct));

    private async Task RunAllAsync(CancellationToken ct)
    {
        var results = ImmutableArray.CreateBuilder<ReshardResult>();
        foreach (var version in new[] { "8.1", "9.1" })
        {
            results.AddRange(await RunAsync(version, 0, version, ct));
            results.AddRange(await RunAsync(version, 1, $"{version}, replicas", ct));
        }
        Report(results.ToImmutable()).Publish(options);
    }

    private BenchReport Report(ImmutableArray<ReshardResult> results) =>
        ReshardReport.Of(
            "reshard",
            "Slots that move to another shard",
            $"""
            Three shards without replicas, then with one each, all on this machine, hold {Figures.Text(
                KeysPerSlot * HashSlot.Count,
                "N0"
            )} keys of 256 bytes, as many in each slot.
            The same 2,000 slots go from one shard to another and back, by one tool after the other, two times over: what is
            measured is from the tool's start to its end.
            """,
            """
            The servers share the processors and the disk of this machine with each other and with the tools. A server that gives
            keys by MIGRATE waits for each batch, and for every key's answer: with 61 keys in a slot, that is what the stepwise
            mover can't get below.
            """,
            results
        );

    private int KeysPerSlot => SmallKeys.PerSlot(options);

    /// <summary>The tools take turns: a machine may get slower in the course of the run.</summary>
    private async Task<ImmutableArray<ReshardResult>> RunAsync(
        string version,
        int replicas,
        string title,
        CancellationToken ct
    )
    {
        await using var servers = await BenchServers.UpAsync(
            program,
            root,
            version,
            3,
            replicas,
            KeysPerSlot,
            false,
            ct
        );
        ImmutableArray<(Way Way, List<double> Rates)> ways =
        [
            .. Ways(version, servers.Tools).Select(way => (way, new List<double>())),
        ];
        for (var round = 0; round < (options.Quick ? 1 : 2); round++)
        {
            foreach (var (way, rates) in ways)
            {
                rates.AddRange(await ThereAndBackAsync(way, servers.Session, ct));
                Terminal.Complain($"{title}, {way.Title}: {rates[^2]:0} and {rates[^1]:0} keys/s");
            }
        }
        return [.. ways.Select(w => new ReshardResult(title, w.Way.Title, [.. w.Rates]))];
    }

    private async Task<double[]> ThereAndBackAsync(Way way, ClusterSession session, CancellationToken ct)
    {
        var shards = (await session.ObserveAsync(ct)).Topology.Shards();
        var giver = shards.Single(s => s.Slots.Contains(0)).Primary;
        var taker = shards.First(s => s.Primary.Id != giver.Id).Primary;
        return [await MoveAsync(giver, taker), await MoveAsync(taker, giver)];

        async Task<double> MoveAsync(Node from, Node to)
        {
            var start = Stopwatch.GetTimestamp();
            await way.Move(from, to, ct);
            var took = Stopwatch.GetElapsedTime(start);
            await UntilOwnedAsync(session, to.Id, ct);
            return Slots * KeysPerSlot / took.TotalSeconds;
        }
    }

    private static async Task UntilOwnedAsync(ClusterSession session, NodeId owner, CancellationToken ct)
    {
        if (
            !await Wait.UntilAsync(
                async inner =>
                    (await session.ObserveAsync(inner)).Views.All(v =>
                        v.Report?.Peers.Single(p => p.Id == owner).Slots is { } slots && Moved.Except(slots).IsEmpty
                    ),
                TimeSpan.FromSeconds(30),
                TimeProvider.System,
                ct
            )
        )
        {
            throw new InvalidOperationException("the slots were not moved");
        }
    }

    private static IEnumerable<Way> Ways(string version, MoveTools tools)
    {
        var ranges = Moved.ToString();
        yield return new("valkey-cli, as it is", (from, to, ct) => tools.CliReshardAsync(from, to, Slots, null, ct));
        yield return new(
            "valkey-cli --cluster-pipeline 100",
            (from, to, ct) => tools.CliReshardAsync(from, to, Slots, 100, ct)
        );
        yield return new(
            "valkey-cli --cluster-pipeline 1000",
            (from, to, ct) => tools.CliReshardAsync(from, to, Slots, 1000, ct)
        );
        yield return new(
            "slotwright --mover stepwise --pace fast",
            (from, to, ct) => tools.OurReshardAsync(from.Member!, to.Member!, ranges, "stepwise", "fast", ct)
        );
        yield return new(
            "slotwright --mover stepwise",
            (from, to, ct) => tools.OurReshardAsync(from.Member!, to.Member!, ranges, "stepwise", "normal", ct)
        );
        if (version == "9.1")
        {
            yield return new("MIGRATESLOTS by hand", (from, to, ct) => tools.ByHandAsync(from, to, Moved, ct));
            yield return new(
                "slotwright --pace fast",
                (from, to, ct) => tools.OurReshardAsync(from.Member!, to.Member!, ranges, "auto", "fast", ct)
            );
            yield return new(
                "slotwright",
                (from, to, ct) => tools.OurReshardAsync(from.Member!, to.Member!, ranges, "auto", "normal", ct)
            );
        }
    }

    private sealed record Way(string Title, Func<Node, Node, CancellationToken, Task> Move);
}
