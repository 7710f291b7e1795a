using System.ComponentModel;
using Slotwright.Local.Processes;

namespace Slotwright.Local.Servers;

/// <summary>Asks a program which server it is.</summary>
public static class ServerProbe
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <returns>Product and version, or why it could not be told, in apposition: "it says 'foo'".</returns>
    public static async Task<(string? Product, Version? Version, string? Problem)> AskAsync(
        string program,
        TimeProvider time,
        CancellationToken ct
    )
    {
        using var deadline = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, deadline.Token);
        try
        {
            var result = await ChildProcess.RunAsync(program, ["--version"], null, time, both.Token);
            return VersionLine.Parse(result.Output) is { } known
                ? (known.Product, known.Version, null)
                : (null, null, $"--version exits {result.ExitCode} and says '{Excerpt(result.Text)}'");
        }
        catch (Win32Exception e)
        {
            return (null, null, $"it does not start: {Reason(e)}");
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return (null, null, $"it does not answer --version within {Patience.TotalSeconds:0} s");
        }
    }

    // The message names the program and our working folder before it comes to the reason.
    private static string Reason(Win32Exception e) => new Win32Exception(e.NativeErrorCode).Message;

    private static string Excerpt(string text)
    {
        var line = text.Trim().Split('\n')[0].Trim();
        return line.Length <= 120 ? line : line[..120] + "...";
    }
}
