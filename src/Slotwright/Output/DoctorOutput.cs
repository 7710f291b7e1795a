using System.Collections.Immutable;
using Slotwright.Core.Health;

namespace Slotwright.Output;

/// <summary>What <c>doctor</c> prints.</summary>
internal static class DoctorOutput
{
    public static void Print(Terminal terminal, Format format, ImmutableArray<Finding> checks)
    {
        if (format == Format.Json)
        {
            JsonOut.Write(terminal.Out, new DoctorDocument(checks.Max(c => c.Verdict), checks));
            return;
        }
        foreach (var check in checks)
        {
            FindingLines.Print(terminal.Document, check);
        }
    }
}
