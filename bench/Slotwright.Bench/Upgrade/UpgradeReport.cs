using System.Collections.Immutable;
using System.Globalization;
using Slotwright.Bench.Reports;
using Slotwright.Core.Charts;

namespace Slotwright.Bench.Upgrade;

/// <summary>The table, the picture and the figure that counts.</summary>
internal static class UpgradeReport
{
    private const double MiB = 1 << 20;

    public static string Words(UpgradeWay way) =>
        way switch
        {
            UpgradeWay.Waves => "waves",
            UpgradeWay.OneByOne => "--max-parallel 1",
            _ => "preStop order",
        };

    public static BenchReport Of(ImmutableArray<UpgradeResult> results)
    {
        var share = Share(results, isLoading: true);
        return new BenchReport(
            "upgrade",
            "Rolling restarts and upgrades under load",
            """
            A cluster of local servers with one replica for each primary is formed, filled, put under load, and restarted or
            upgraded. Waves are `slotwright restart --rolling` and `slotwright upgrade` with its `--commit`; the preStop
            order is what a StatefulSet does with a hook that hands over: the last ordinal first, one member at a time, each
            ended and started as it is. Load writes with a ledger, and reads back at the end: failed are operations that
            clients saw fail, lost are acknowledged writes that are not there.
            """,
            new Table(
                [
                    "case",
                    "way",
                    "data/shard MiB",
                    "writes/s",
                    "s",
                    "acknowledged",
                    "failed",
                    "lost",
                    "longest gap ms",
                    "full copies",
                    "copied MiB",
                ],
                [.. results.Select(Row)]
            ),
            $"""
            Full copies are the servers' own sync_full, added up over all processes; copied is that times what the sender
            had in memory. All members share the processors of this machine, as those of a cluster do not: so there is a
            row for members that take their time to load what they have without a processor (`key-load-delay`). With it,
            waves take {Figure(share, "0.00")} of the time of one member at a time, without it
            {Figure(Share(results, isLoading: false), "0.00")}.
            """,
            new BarChart(
                "Time of the operation",
                "s",
                ["seconds"],
                [.. results.Select(r => new BarGroup($"{r.Case.Title}, {Words(r.Case.Way)}", [r.Took.TotalSeconds]))]
            ),
            $"{results.Where(r => r.Case.Way == UpgradeWay.Waves).Sum(r => r.Failed)} failed and {results.Where(r => r.Case.Way == UpgradeWay.Waves).Sum(r => r.Lost)} lost in waves; {Figure(share, "0.00")} of the time of --max-parallel 1 at {results.Max(r => r.Case.Members)} members, 1 run"
        );
    }

    /// <summary>Of the time that one member at a time takes.</summary>
    private static double Share(ImmutableArray<UpgradeResult> results, bool isLoading)
    {
        var many = results
            .Where(r => r.Case.Members > 6 && r.Case.LoadTime > TimeSpan.Zero == isLoading)
            .ToDictionary(r => r.Case.Way, r => r.Took);
        return many[UpgradeWay.Waves] / many[UpgradeWay.OneByOne];
    }

    private static ImmutableArray<string> Row(UpgradeResult r) =>
        [
            r.Case.Title,
            Words(r.Case.Way),
            Figure(r.Case.DataPerShard / MiB, "0"),
            Figure(r.Case.WritesPerSecond, "0"),
            Figure(r.Took.TotalSeconds, "0.0"),
            Figure(r.Acknowledged, "0"),
            Figure(r.Failed, "0"),
            Figure(r.Lost, "0"),
            Figure(r.LongestGap.TotalMilliseconds, "0"),
            Figure(r.FullSyncs, "0"),
            Figure(r.Copied / MiB, "0"),
        ];

    private static string Figure(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
