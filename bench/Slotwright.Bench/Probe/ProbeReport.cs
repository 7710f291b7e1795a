using System.Collections.Immutable;
using System.Globalization;
using Slotwright.Bench.Reports;
using Slotwright.Core.Charts;

namespace Slotwright.Bench.Probe;

/// <summary>The table and the picture.</summary>
internal static class ProbeReport
{
    public static BenchReport Of(ImmutableArray<ProbeResult> results) =>
        new(
            "probe",
            "What a probe costs",
            """
            Processor time of one probe and all that it starts, on a member of a formed cluster of six (Valkey 9.1, with a
            password), as the kernel counts it for children that have ended. Slotwright is the native program's
            `pod probe`; the other is `sh -c` with valkey-cli and awk: four calls for readiness (ping, cluster info,
            info replication, info persistence), one for liveness. The two take turns.
            """,
            new Table(
                [
                    "probe",
                    "Slotwright CPU ms",
                    "slowest",
                    "shell CPU ms",
                    "slowest",
                    "ratio",
                    "Slotwright takes ms",
                    "shell takes ms",
                ],
                [.. results.Select(Row)]
            ),
            """
            Medians, and the most of each; the ratio is how many times as much the shell takes. A pod is probed for
            readiness every 5 s and for liveness every 10 s, as long as it lives. Nearly all of Slotwright's share is the
            start of its runtime: the question itself is one round trip.
            """,
            new BarChart(
                "Processor time of a probe, median",
                "ms",
                ["Slotwright", "shell and valkey-cli"],
                [.. results.Select(r => new BarGroup(r.Title, [Cpu(r.Ours), Cpu(r.Theirs)]))]
            ),
            $"{string.Join(", ", results.Select(r => $"{r.Title} {Figure(Cpu(r.Ours))} ms against {Figure(Cpu(r.Theirs))}"))} of CPU, median of {results[0].Ours.Length} runs"
        );

    private static ImmutableArray<string> Row(ProbeResult result) =>
        [
            result.Title,
            Figure(Cpu(result.Ours)),
            Figure(result.Ours.Max(r => r.Cpu.TotalMilliseconds)),
            Figure(Cpu(result.Theirs)),
            Figure(result.Theirs.Max(r => r.Cpu.TotalMilliseconds)),
            Figure(Cpu(result.Theirs) / Cpu(result.Ours)),
            Figure(ProbeResult.Median(result.Ours, r => r.Took)),
            Figure(ProbeResult.Median(result.Theirs, r => r.Took)),
        ];

    private static double Cpu(ImmutableArray<ProbeRun> runs) => ProbeResult.Median(runs, r => r.Cpu);

    private static string Figure(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);
}
