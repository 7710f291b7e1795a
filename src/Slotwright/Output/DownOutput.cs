using Slotwright.Local.Hosting;

namespace Slotwright.Output;

/// <summary>What <c>down</c> prints.</summary>
internal static class DownOutput
{
    public static void Print(Terminal terminal, Format format, string target, StopReport report, bool purged)
    {
        if (format == Format.Json)
        {
            JsonOut.Write(
                terminal.Out,
                new DownDocument(target, report.Stopped, report.AlreadyStopped, report.Killed, purged)
            );
            return;
        }
        var stopped = report.Stopped.Length + report.Killed.Length;
        var killed = purged || report.Killed.IsEmpty ? "" : $" ({string.Join(", ", report.Killed)} by SIGKILL)";
        terminal.Out.WriteLine(
            stopped == 0 ? $"{target} was stopped already" : $"{target}: {Counts.Of(stopped, "member")} stopped{killed}"
        );
        terminal.Out.WriteLine(
            purged ? "its data is deleted" : $"its data is kept; slotwright up{NameOption.Of(target)} brings it back"
        );
    }
}
