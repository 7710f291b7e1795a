using System.Collections.Immutable;
using System.Globalization;
using Slotwright.Bench.Reports;
using Slotwright.Core.Charts;

namespace Slotwright.Bench.Failover;

/// <summary>Whether agents leave alone who only stumbles, and replace who dies in between.</summary>
internal static class FalseAlarmsBenchmark
{
    /// <exception cref="InvalidOperationException">The cluster did not become well.</exception>
    public static async Task RunAsync(BenchOptions options, CancellationToken ct)
    {
        var server = await BenchCluster.FindServerAsync(ct);
        var time = options.Long ?? TimeSpan.FromMinutes(options.Quick ? 1 : 30);
        await BenchFolder.InAsync(
            options,
            async (program, root) =>
            {
                await using var cluster = await BenchCluster.UpAsync(program, root, server, 6, 1, agents: true, ct);
                var result = await new FalseAlarms(cluster, new Random(1)).RunAsync(time, options.Quick ? 2 : 10, ct);
                Report(result).Publish(options);
            }
        );
    }

    private static BenchReport Report(FalseAlarmResult result)
    {
        var most = Figures.Text(result.Gaps.Max(g => g.Length.TotalMilliseconds), "0");
        return new BenchReport(
            "false-alarms",
            "Agents between false alarms and real ones",
            $"""
            {Figures.Text(
                result.Time.TotalMinutes,
                "0.0"
            )} minutes with {result.Disturbances} disturbances, one after another: a member stopped for up to a second, a
            snapshot, or all processors taken away for a second. In between {result.Gaps.Length} primaries are killed for good; the table has
            the longest time without an acknowledged write in the shard of each, under the load of [failover.md](failover.md).
            Valkey 9.1, cluster-node-timeout 15000, six members with agents.
            """,
            new Table(
                ["killed", "ms without writes"],
                [
                    .. result.Gaps.Select(g =>
                        ImmutableArray.Create(g.Member, Figures.Text(g.Length.TotalMilliseconds, "0"))
                    ),
                ]
            ),
            $"Failovers that no kill had made necessary: {result.Alarms}. Writes lost that WAIT had confirmed: {result.LostConfirmed}.",
            new BarChart(
                "Time without writes after a kill",
                "ms",
                ["one kill"],
                [
                    .. result.Gaps.Select(
                        (g, i) =>
                            new BarGroup(
                                $"{(i + 1).ToString(CultureInfo.InvariantCulture)}: {g.Member}",
                                [g.Length.TotalMilliseconds]
                            )
                    ),
                ]
            ),
            $"{result.Alarms} false alarms in {result.Disturbances} disturbances; {result.Gaps.Length} kills, the slowest replaced within {most} ms"
        );
    }
}
