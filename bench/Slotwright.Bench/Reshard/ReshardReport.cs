using System.Collections.Immutable;
using System.Globalization;
using Slotwright.Bench.Reports;
using Slotwright.Core.Charts;

namespace Slotwright.Bench.Reshard;

/// <summary>The table, the picture and the figure that counts.</summary>
internal static class ReshardReport
{
    /// <param name="results">Of each version, the first is what a user would use today.</param>
    /// <param name="keys">In the whole cluster.</param>
    public static BenchReport Of(ImmutableArray<ReshardResult> results, int keys)
    {
        var bases = results
            .GroupBy(r => r.Version, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.First().Median, StringComparer.Ordinal);
        var best = results.Where(r => r.Version == "8.1").MaxBy(r => r.Median)!;
        return new BenchReport(
            "reshard",
            "Slots that move to another shard",
            $"""
            Three shards of one replica each, all on this machine, hold {keys.ToString(
                "N0",
                CultureInfo.InvariantCulture
            )} keys of 256 bytes, as many in each slot.
            The same 2,000 slots go from one shard to another and back, by one tool after the other: what is measured is from
            the tool's start to its end.
            """,
            new Table(
                ["version", "tool", "runs", "keys/s, median", "least", "most", "times valkey-cli"],
                [
                    .. results.Select(r =>
                        ImmutableArray.Create(
                            r.Version,
                            r.Tool,
                            $"{r.Rates.Length}",
                            Figure(r.Median, "0"),
                            Figure(r.Rates.Min(), "0"),
                            Figure(r.Rates.Max(), "0"),
                            Figure(r.Median / bases[r.Version], "0.0")
                        )
                    ),
                ]
            ),
            """
            The servers share the processors and the disk of this machine with each other and with the tools. After each
            SETSLOT a server syncs its nodes.conf to the disk: where a slot has few keys, that is most of the time.
            """,
            new BarChart(
                "Keys moved a second",
                "keys/s",
                ["median"],
                [.. results.Select(r => new BarGroup($"{r.Version}, {r.Tool}", [r.Median]))]
            ),
            $"{Figure(best.Median, "0")} keys/s on 8.1 by {best.Tool}, {Figure(best.Median / bases["8.1"], "0.0")} times valkey-cli, median of {best.Rates.Length} runs"
        );
    }

    private static string Figure(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
