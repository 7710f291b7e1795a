using Slotwright.Core.Drills;
using Slotwright.Core.Health;
using Slotwright.Operations.Drills;
using Spectre.Console;

namespace Slotwright.Output;

/// <summary>What <c>drill</c> prints at its end; the last line is the verdict.</summary>
internal static class DrillOutput
{
    public static void Print(
        Terminal terminal,
        Format format,
        DrillReport report,
        DrillDocument document,
        DrillFolder? folder
    )
    {
        if (format == Format.Json)
        {
            JsonOut.Write(terminal.Out, document);
            return;
        }
        var console = terminal.Document;
        foreach (var e in report.Events)
        {
            console.WriteLine(DrillWords.Line(e));
        }
        console.WriteLine();
        console.Write(LoadTable.Of(report.Load.Ledger, isDrill: true));
        console.WriteLine();
        var latency = report.Load.Ledger.Latency;
        console.WriteLine(
            $"latency   p50 {Latencies.Of(latency.P50)}  p99 {Latencies.Of(latency.P99)}  max {Latencies.Of(latency.Max)}"
        );
        console.WriteLine($"confirmed {DrillWords.Confirmed(report)}");
        if (report.Load.Ledger.Failures is { IsEmpty: false } failures)
        {
            console.WriteLine($"failures  {FailureCounts.Words(failures)}");
        }
        console.WriteLine($"verify    {DrillWords.Verified(report)}");
        foreach (var finding in report.Verdict.Findings)
        {
            FindingLines.Print(console, finding);
        }
        foreach (var finding in FindingGroups.Of([.. report.Facts.After.Where(f => f.Verdict != Verdict.Ok)]))
        {
            FindingLines.Print(console, finding);
        }
        if (folder is not null)
        {
            console.WriteLine($"report    {folder.PageOf(document)}");
        }
        if (report.Load.IsInterrupted)
        {
            console.WriteLine("interrupted; this is the verdict on what was done until then");
        }
        console.MarkupLine($"[{LoadOutput.Colour(report.Verdict.Outcome)}]{Markup.Escape(report.Verdict.Sentence)}[/]");
    }
}
