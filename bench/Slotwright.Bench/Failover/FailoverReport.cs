using System.Collections.Immutable;
using System.Globalization;
using Slotwright.Bench.Reports;
using Slotwright.Core.Charts;

namespace Slotwright.Bench.Failover;

/// <summary>How long writes wait, and what agents cost.</summary>
internal static class FailoverReport
{
    public static BenchReport Of(ImmutableArray<GapResult> results, AgentCost cost)
    {
        var killed = results.Single(r => r.Title == "kill -9, agents");
        return new BenchReport(
            "failover",
            "How long writes wait when a primary goes",
            """
            The longest time without an acknowledged write in the shard that it is about, as a client sees it that sends 2,000
            operations a second to all shards, half of them writes; two of its four clients have theirs confirmed by WAIT 1.
            Valkey 9.1, cluster-node-timeout 15000, six members with one replica a primary where nothing else is said; ten for two
            primaries together, nine for two replicas. After each run the dead member is started again, and the next begins when
            all is in sync.
            """,
            new Table(
                ["case", "runs", "median ms", "longest ms", "failed writes", "confirmed writes lost"],
                [
                    .. results.Select(r =>
                        ImmutableArray.Create(
                            r.Title,
                            $"{r.Gaps.Length}",
                            Figure(r.Median),
                            Figure(r.Most),
                            $"{r.Failed}",
                            $"{r.LostConfirmed}"
                        )
                    ),
                ]
            ),
            $"""
            **Cost** of an agent at six members while nothing happens, the most of the six: {(100 * cost.Core).ToString(
                "0.00",
                CultureInfo.InvariantCulture
            )} % of a core, {(cost.Memory / 1e6).ToString("0.0", CultureInfo.InvariantCulture)} MB of
            anonymous memory.
            """,
            new BarChart(
                "Longest time without a write, median",
                "ms",
                ["median"],
                [.. results.Select(r => new BarGroup(r.Title, [r.Median]))]
            ),
            $"{Figure(killed.Median)} ms without writes after a kill with agents, median of {killed.Gaps.Length} runs"
        );
    }

    private static string Figure(double value) => value.ToString("0", CultureInfo.InvariantCulture);
}
