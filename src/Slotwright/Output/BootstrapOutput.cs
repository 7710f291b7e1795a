using Slotwright.Operations.Bootstrap;
using Spectre.Console;

namespace Slotwright.Output;

/// <summary>What <c>bootstrap</c> prints at its end.</summary>
internal static class BootstrapOutput
{
    public static void Print(Terminal terminal, Format format, string target, BootstrapReport report)
    {
        if (format == Format.Json)
        {
            JsonOut.Write(
                terminal.Out,
                new BootstrapDocument(
                    target,
                    Changed: !report.Plan.IsEmpty || !report.Restored.IsEmpty,
                    report.Plan,
                    report.Restored,
                    Math.Round(report.Elapsed.TotalSeconds, 3),
                    StatusDocument.Of(target, report.After)
                )
            );
            return;
        }
        foreach (var line in report.Restored)
        {
            terminal.Document.WriteLine(line);
        }
        terminal.Document.WriteLine(
            !report.Plan.IsEmpty ? $"{target} is formed, in {report.Elapsed.TotalSeconds:0.00} s"
            : report.Restored.IsEmpty ? $"{target} is formed already: nothing to do"
            : $"{target} is formed already"
        );
    }
}
