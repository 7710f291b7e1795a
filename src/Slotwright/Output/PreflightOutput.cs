using System.Collections.Immutable;
using Slotwright.Core.Health;
using Spectre.Console;

namespace Slotwright.Output;

/// <summary>What <c>preflight</c> prints.</summary>
internal static class PreflightOutput
{
    /// <param name="what">What is about to begin: <c>a rolling restart</c>.</param>
    public static void Print(
        Terminal terminal,
        Format format,
        string target,
        string what,
        ImmutableArray<Finding> checks
    )
    {
        if (format == Format.Json)
        {
            JsonOut.Write(terminal.Out, new PreflightDocument(target, checks.Max(c => c.Verdict), checks));
            return;
        }
        var groups = FindingGroups.Of(checks);
        foreach (var group in groups)
        {
            FindingLines.Print(terminal.Document, group);
        }
        var bad = groups.Count(c => c.Verdict is Verdict.Failed or Verdict.Unknown);
        terminal.Document.WriteLine();
        terminal.Document.MarkupLine(
            bad == 0
                ? $"[green]{Markup.Escape(target)} is ready for {Markup.Escape(what)}[/]"
                : $"{Markup.Escape(target)} is not ready for {Markup.Escape(what)}: {Counts.Of(bad, "finding")} to mend first"
        );
    }
}
