using System.Collections.Immutable;
using Slotwright.Core.Health;
using Spectre.Console;

namespace Slotwright.Output;

/// <summary>What <c>verify</c> prints.</summary>
internal static class VerifyOutput
{
    public static void Print(
        Terminal terminal,
        Format format,
        string target,
        ImmutableArray<Finding> checks,
        Survival survival
    )
    {
        var verdict = checks.Max(c => c.Verdict);
        if (format == Format.Json)
        {
            JsonOut.Write(terminal.Out, new VerifyDocument(target, verdict, survival.Sentence(), survival, checks));
            return;
        }
        var told = FindingGroups.Of(checks);
        foreach (var check in told)
        {
            FindingLines.Print(terminal.Document, check);
        }
        terminal.Document.WriteLine();
        terminal.Document.WriteLine(survival.Sentence());
        terminal.Document.MarkupLine(Closing(target, told));
    }

    private static string Closing(string target, ImmutableArray<Finding> checks)
    {
        var name = Markup.Escape(target);
        var parts = new[]
        {
            (checks.Count(c => c.Verdict == Verdict.Failed), "failed"),
            (checks.Count(c => c.Verdict == Verdict.Unknown), "unknown"),
            (checks.Count(c => c.Verdict == Verdict.Warning), "warning"),
        };
        var bad = string.Join(
            ", ",
            parts
                .Where(p => p.Item1 > 0)
                .Select(p => p.Item2 == "warning" ? Counts.Of(p.Item1, p.Item2) : $"{p.Item1} {p.Item2}")
        );
        return bad.Length == 0 ? $"[green]{name} is what it should be[/]" : $"{name}: {bad}";
    }
}
