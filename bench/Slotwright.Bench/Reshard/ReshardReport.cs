using System.Collections.Immutable;
using Slotwright.Bench.Reports;
using Slotwright.Core.Charts;

namespace Slotwright.Bench.Reshard;

/// <summary>The table, the picture and the figure that counts, of tools that move slots.</summary>
internal static class ReshardReport
{
    /// <param name="results">Of the same servers, the first is what a user would use today.</param>
    public static BenchReport Of(
        string name,
        string title,
        string what,
        string remarks,
        ImmutableArray<ReshardResult> results
    )
    {
        var bases = results
            .GroupBy(r => r.Servers, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.First().Median, StringComparer.Ordinal);
        var best = results.Where(r => r.Servers == "8.1").MaxBy(r => r.Median)!;
        var hasOpen = results.Any(r => r.Open is not null);
        return new BenchReport(
            name,
            title,
            what,
            new Table(
                [
                    "servers",
                    "tool",
                    "runs",
                    "keys/s, median",
                    "least",
                    "most",
                    "times valkey-cli",
                    .. hasOpen ? ["left open"] : Array.Empty<string>(),
                ],
                [.. results.Select(Row)]
            ),
            remarks,
            new BarChart(
                "Keys moved a second",
                "keys/s",
                ["median"],
                [.. results.Select(r => new BarGroup($"{r.Servers}, {r.Tool}", [r.Median]))]
            ),
            $"{Figures.Text(best.Median, "0")} keys/s on 8.1 by {best.Tool}, {Times(best)} times valkey-cli, median of {best.Rates.Length} runs"
        );

        ImmutableArray<string> Row(ReshardResult result) =>
            [
                result.Servers,
                result.Tool,
                $"{result.Rates.Length}",
                Figures.Text(result.Median, "0"),
                Figures.Text(result.Rates.Min(), "0"),
                Figures.Text(result.Rates.Max(), "0"),
                Times(result),
                .. hasOpen ? [$"{result.Open}"] : Array.Empty<string>(),
            ];

        string Times(ReshardResult result) => Figures.Text(result.Median / bases[result.Servers], "0.0");
    }
}
