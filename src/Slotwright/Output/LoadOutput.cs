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
        document.Write(Table(result.Ledger));
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

    private static Table Table(Ledger ledger)
    {
        var waits = ledger.WaitReplicas > 0;
        var table = new Table().Border(TableBorder.None).Collapse();
        table.AddColumn("SLOTS").AddColumn("PRIMARY");
        foreach (var column in Columns(waits))
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }
        foreach (var shard in ledger.Shards)
        {
            table.AddRow([Plain($"{shard.Slots}"), Plain(shard.Name), .. Cells(shard, waits)]);
        }
        return table;
    }

    private static IEnumerable<string> Columns(bool waits) =>
        waits
            ? ["WRITES", "ACKED", "CONFIRMED", "READS", "FAILED", "GAP", "LOST", "CONFIRMED LOST", "STALE"]
            : ["WRITES", "ACKED", "READS", "FAILED", "GAP", "LOST", "STALE"];

    private static IEnumerable<Text> Cells(ShardLedger shard, bool waits)
    {
        yield return Plain($"{shard.Attempted}");
        yield return Plain($"{shard.Acknowledged}");
        if (waits)
        {
            yield return Plain($"{shard.Confirmed}");
        }
        yield return Plain($"{shard.Reads}");
        yield return Bad(shard.Failed + shard.FailedReads);
        yield return Plain(Latencies.Of(shard.LongestGap.Length));
        yield return Bad(shard.Found.Lost);
        if (waits)
        {
            yield return Bad(shard.Found.LostConfirmed);
        }
        yield return shard.Reads == 0 && shard.Found.StaleReads == 0 ? Plain("-") : Bad(shard.Found.StaleReads);
    }

    private static Text Plain(string text) => new(text);

    private static Text Bad(long count) => new($"{count}", count == 0 ? Style.Plain : new Style(Color.Red));

    private static string Colour(Verdict outcome) => outcome == Verdict.Ok ? "green" : "red";
}
