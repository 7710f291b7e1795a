using System.Collections.Immutable;
using System.Globalization;
using Slotwright.Bench.Reports;
using Slotwright.Core.Charts;

namespace Slotwright.Bench.Create;

/// <summary>The table, the picture and the figures of the program.</summary>
internal static class CreateReport
{
    /// <param name="starts">Of --version, ascending.</param>
    /// <param name="looks">Of status at the largest cluster, ascending.</param>
    public static BenchReport Of(
        ImmutableArray<CreateResult> results,
        ImmutableArray<TimedProgram> starts,
        ImmutableArray<TimedProgram> looks
    )
    {
        var largest = results.Max(r => r.Case.Members);
        var peak = results.Where(r => r.Case.Members == largest).SelectMany(r => r.Ours).Max(r => r.PeakMemory);
        return new BenchReport(
            "create",
            "From empty servers to a cluster",
            """
            Time from empty servers, up and idle for 3 s, until the program has ended, every node calls the state ok and
            knows all others, every replica's link is up and all nodes agree on roles and slots. Slotwright is the native
            program's `bootstrap`, the other is `valkey-cli --cluster create`, both with one replica for each primary.
            The servers are started afresh for every run, by the same code with the same settings, each at a loopback
            address of its own; the two take turns. One judge, which knows neither, says when all is well.
            """,
            new Table(
                [
                    "case",
                    "Slotwright s",
                    "slowest s",
                    "valkey-cli s",
                    "slowest s",
                    "valkey-cli ends s",
                    "ratio",
                    "busy before %",
                    "peak MB",
                ],
                [.. results.Select(Row)]
            ),
            $"""
            Medians, and the slowest run of each; the number of runs is in the last line. The ratio is how many times as
            long valkey-cli takes until all is well; its own program ends before that, since it does not wait until links are
            up and nodes know each other's roles. Busy is how much of this machine's processors was at work in the 3 s
            before a run, when the servers had nothing to do: what others took from both contestants.

            At 6 nodes half a second of Slotwright's time is the servers' own floor: none calls the state ok within
            500 ms of getting its slots, however short its timeouts are.

            | the native program itself                       |  figure |
            | ----------------------------------------------- | ------: |
            | {"`--version`, median of " + starts.Length, -47} | {Milliseconds(starts), 7} |
            | {$"`status` of {largest} nodes, median of {looks.Length}", -47} | {Milliseconds(looks), 7} |
            | {$"peak memory of `bootstrap`, {largest} nodes", -47} | {Megabytes(peak) + " MB", 7} |
            """,
            new BarChart(
                "Until every node agrees and every link is up, median",
                "s",
                ["Slotwright", "valkey-cli"],
                [.. results.Select(r => new BarGroup(r.Case.Title, [Seconds(r.Ours), Seconds(r.Theirs)]))]
            ),
            $"valkey-cli takes {string.Join(", ", results.Select(r => $"{Figure(r.Ratio, "0.0")}x as long at {r.Case.Title}"))}, median of {string.Join(" or ", results.Select(r => r.Case.Runs).Distinct())} runs"
        );
    }

    private static ImmutableArray<string> Row(CreateResult result) =>
        [
            result.Case.Title,
            Figure(Seconds(result.Ours)),
            Figure(result.Ours.Max(r => r.Formed.TotalSeconds)),
            Figure(Seconds(result.Theirs)),
            Figure(result.Theirs.Max(r => r.Formed.TotalSeconds)),
            Figure(CreateResult.Median(result.Theirs, r => r.Command.TotalSeconds)),
            Figure(result.Ratio, "0.0"),
            Figure(100 * CreateResult.Median([.. result.Ours, .. result.Theirs], r => r.Busy), "0"),
            Megabytes(result.Ours.Max(r => r.PeakMemory)),
        ];

    private static double Seconds(ImmutableArray<CreateRun> runs) =>
        CreateResult.Median(runs, r => r.Formed.TotalSeconds);

    private static string Milliseconds(ImmutableArray<TimedProgram> runs) =>
        Figure(runs[runs.Length / 2].Took.TotalMilliseconds, "0") + " ms";

    private static string Megabytes(long bytes) => Figure(bytes / 1e6, "0");

    private static string Figure(double value, string format = "0.00") =>
        value.ToString(format, CultureInfo.InvariantCulture);
}
