using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Slotwright.Bench.Reports;
using Slotwright.Core.Charts;
using Slotwright.Core.Placement;

namespace Slotwright.Bench.Placement;

/// <summary>How long a placement takes, and how it compares with one that looks at no zones.</summary>
internal static class PlacementBenchmark
{
    private static readonly ImmutableArray<PlacementCase> Cases =
    [
        new("6 members, 3 zones", 3, 1, [1, 1, 1], 6),
        new("60 members, 3 zones", 20, 2, [1, 1, 1], 20),
        new("333 x 3, 3 zones, 100 machines", 333, 2, [1, 1, 1], 100),
        new("500 x 2, 3 zones, 100 machines", 500, 1, [1, 1, 1], 100),
        new("500 x 2, 3 zones, 1,000 machines", 500, 1, [1, 1, 1], 1000),
        new("500 x 2, zones 6:3:1, 100 machines", 500, 1, [6, 3, 1], 100),
        new("333 x 3, 2 zones, 100 machines", 333, 2, [1, 1], 100),
        new("500 x 2, 6 zones, 100 machines", 500, 1, [1, 1, 1, 1, 1, 1], 100),
        new("333 x 3, zones 8:1:1, 100 machines", 333, 2, [8, 1, 1], 100),
        new("500 x 2, 1 zone, 100 machines", 500, 1, [1], 100),
        new("200 x 5, zones 9:5:3:2:1:1, 100 machines", 200, 4, [9, 5, 3, 2, 1, 1], 100),
    ];

    public static void Run(BenchOptions options)
    {
        var runs = options.Quick ? 3 : 11;
        var requests = Cases.Select(c => c.Make(new Random(1))).ToArray();
        var times = Cases.Select(_ => new List<double>()).ToArray();
        for (var run = -1; run < runs; run++) // the run before the first is the compiler's
        {
            for (var c = 0; c < requests.Length; c++) // in turn, so that a busy moment hits all alike
            {
                var start = Stopwatch.GetTimestamp();
                Placer.Place(requests[c]);
                var time = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                if (run >= 0)
                {
                    times[c].Add(time);
                }
            }
        }
        var results = Cases
            .Select(
                (c, i) =>
                    new PlacementResult(c, [.. times[i].Order()], Placer.Place(requests[i]).Score, InOrder(requests[i]))
            )
            .ToArray();
        Report(results, runs).Publish(options);
    }

    private static PlacementScore InOrder(PlacementRequest request)
    {
        var (members, primaries, replicas) = request;
        var shards = Enumerable
            .Range(0, primaries)
            .Select(s => new ShardPlacement(
                members[s],
                [.. Enumerable.Range(1, replicas).Select(r => members[s + (r * primaries)])]
            ));
        return PlacementScore.Of([.. shards], replicas);
    }

    private static BenchReport Report(PlacementResult[] results, int runs)
    {
        var slowest = results.MaxBy(r => r.Median)!;
        return new BenchReport(
            "placement",
            "Who becomes primary, and who follows whom",
            $"Members come in random order. Median and slowest of {runs} runs, the cases in turn, after one that is not counted.",
            new Table(
                [
                    "case",
                    "members",
                    "median ms",
                    "slowest ms",
                    "shards one zone takes whole",
                    "primaries in the fullest zone",
                    "replicas beside their primary",
                    "pairs on a machine",
                ],
                [.. results.Select(Row)]
            ),
            """
            Behind each slash: the same members when nobody looks at zones or machines, the first ordinals being primaries
            and the rest following in turn. Since members come in random order, any other order that knows nothing of
            zones does the same on average.
            """,
            new BarChart(
                "Time to place, median",
                "ms",
                ["Slotwright"],
                [.. results.Select(r => new BarGroup(r.Case.Name, [r.Median]))]
            ),
            $"{Figure(slowest.Median)} ms for the slowest case ({slowest.Case.Name}), median of {runs} runs"
        );
    }

    private static ImmutableArray<string> Row(PlacementResult result) =>
        [
            result.Case.Name,
            $"{result.Case.Members}",
            Figure(result.Median),
            Figure(result.Slowest),
            $"{result.Score.ShardsInOneZone} / {result.InOrder.ShardsInOneZone}",
            $"{result.Score.PrimariesInFullestZone} / {result.InOrder.PrimariesInFullestZone}",
            $"{result.Score.ReplicasInPrimaryZone} / {result.InOrder.ReplicasInPrimaryZone}",
            $"{result.Score.MachinePairs} / {result.InOrder.MachinePairs}",
        ];

    private static string Figure(double milliseconds) => milliseconds.ToString("0.00", CultureInfo.InvariantCulture);
}
