using Slotwright.Core.Drills;
using Slotwright.Core.Health;
using Slotwright.Operations.Drills;
using Spectre.Console;

namespace Slotwright.Output;

/// <summary>What <c>load</c> prints at its end; the last line is the verdict.</summary>
internal static class LoadOutput
{
    public static void Print(
        Terminal terminal,
        Format format,
        string target,
        LoadResult result,
        LedgerLimits limits,
        LedgerVerdict verdict
    )
    {
        if (format == Format.Json)
        {
            JsonOut.Write(terminal.Out, LoadDocument.Of(target, result, limits, verdict));
            return;
        }
        var document = terminal.Document;
        var latency = result.Ledger.Latency;
        document.Write(LoadTable.Of(result.Ledger, isDrill: false));
        document.WriteLine();
        document.WriteLine(
            $"latency  p50 {Latencies.Of(latency.P50)}  p90 {Latencies.Of(latency.P90)}  p99 {Latencies.Of(latency.P99)}  "
                + $"p99.9 {Latencies.Of(latency.P999)}  max {Latencies.Of(latency.Max)}  ({latency.Count} operations)"
        );
        if (result.Ledger.Failures is { IsEmpty: false } failures)
        {
            document.WriteLine($"failures {FailureCounts.Words(failures)}");
        }
        foreach (var finding in verdict.Findings)
        {
            FindingLines.Print(document, finding);
        }
        if (result.KeysLeft > 0)
        {
            document.WriteLine(
                $"{result.KeysLeft} of {result.Keys} keys could not be deleted; they expire by themselves"
            );
        }
        if (result.IsInterrupted)
        {
            document.WriteLine(
                $"interrupted after {Latencies.Of(result.Ledger.Elapsed)} of {Latencies.Of(result.Options.Duration)}; this is the verdict on what was done until then"
            );
        }
        document.MarkupLine($"[{Colour(verdict.Outcome)}]{Markup.Escape(verdict.Sentence)}[/]");
    }

    internal static string Colour(Verdict outcome) => outcome == Verdict.Ok ? "green" : "red";
}
