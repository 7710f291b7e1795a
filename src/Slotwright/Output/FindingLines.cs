using Slotwright.Core.Health;
using Spectre.Console;

namespace Slotwright.Output;

/// <summary>A finding for people: what, and where something is wrong, why and what to do.</summary>
internal static class FindingLines
{
    public static void Print(IAnsiConsole console, Finding finding)
    {
        var subject = finding.Verdict == Verdict.Ok ? "" : Markup.Escape(finding.Subject) + ": ";
        console.MarkupLine($"{Mark(finding.Verdict)}  {subject}{Markup.Escape(finding.What)}");
        if (finding.Verdict == Verdict.Ok)
        {
            return;
        }
        if (finding.Why.Length > 0)
        {
            console.MarkupLine($"         [dim]why: {Markup.Escape(finding.Why)}[/]");
        }
        if (finding.Remedy.Length > 0)
        {
            console.MarkupLine($"         do:  {Markup.Escape(finding.Remedy)}");
        }
    }

    private static string Mark(Verdict verdict) =>
        verdict switch
        {
            Verdict.Ok => "[green]ok     [/]",
            Verdict.Warning => "[yellow]warning[/]",
            Verdict.Failed => "[red]failed [/]",
            _ => "[red]unknown[/]",
        };
}
