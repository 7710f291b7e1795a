using Slotwright.Core.Planning.Steps;
using Slotwright.Operations.Running;
using Spectre.Console;

namespace Slotwright.Output;

/// <summary>What a verb that changes a cluster by a plan prints at its end.</summary>
internal static class ChangeOutput
{
    public static void Print(Terminal terminal, Format format, string target, ChangeReport report)
    {
        if (format == Format.Json)
        {
            JsonOut.Write(terminal.Out, ChangeDocument.Of(target, report));
            return;
        }
        if (!report.Applied)
        {
            PlanOutput.Print(terminal, format, report.Plan);
            return;
        }
        foreach (var time in report.HandOvers)
        {
            terminal.Document.WriteLine(Line(time));
        }
        terminal.Document.WriteLine(
            $"{report.Plan.Operation}: done on {target}, in {report.Elapsed.TotalSeconds:0.0} s; all nodes agree"
        );
        foreach (var note in report.Plan.Notes)
        {
            FindingLines.Print(terminal.Document, note);
        }
    }

    private static string Line(HandOverTime time)
    {
        var milliseconds = $"{time.Took.TotalMilliseconds:0} ms";
        return time.Step.Kind == HandOverKind.Planned
            ? $"{time.Step.Member} took over from {time.Step.FromMember}: writes waited {milliseconds}"
            : $"{time.Step.Member} took over from {time.Step.FromMember}, {milliseconds} after it was told";
    }
}
