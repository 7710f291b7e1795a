#pragma warning disable RS0030 // a probe prints one line, without the terminal that costs more than the probe
using System.Text;
using Slotwright.Pod;

namespace Slotwright.Output;

/// <summary>What a probe says.</summary>
internal static class ProbeOutput
{
    public static string Line(ProbeKind kind, ProbeResult result) =>
        (kind, result.IsGood) switch
        {
            (ProbeKind.Readiness, true) => $"ready: {result.Reason}",
            (ProbeKind.Readiness, false) => $"not ready: {result.Reason}",
            (_, true) => $"alive: {result.Reason}",
            _ => $"no sign of life: {result.Reason}",
        };

    /// <summary>To standard output, in one write.</summary>
    public static void Print(ProbeKind kind, ProbeResult result)
    {
        var line = Line(kind, result).ReplaceLineEndings(" ");
        new StandardStream(Console.OpenStandardOutput(), 1, isDocument: false).Write(
            Encoding.UTF8.GetBytes($"{line}\n")
        );
    }
}
