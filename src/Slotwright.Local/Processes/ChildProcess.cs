using System.ComponentModel;
using System.Diagnostics;
using Slotwright.Operations.Running;

namespace Slotwright.Local.Processes;

/// <summary>Runs a program to its end, in the C locale, with nothing to read and its words kept.</summary>
internal static class ChildProcess
{
    private const int TextFileBusy = 26;
    private static readonly TimeSpan BusyAtMost = TimeSpan.FromSeconds(2);

    /// <param name="folder">Its working folder; null for ours.</param>
    /// <exception cref="Win32Exception">It can't be started.</exception>
    /// <exception cref="OperationCanceledException">Cancelled: it and its children have been killed.</exception>
    public static async Task<ChildResult> RunAsync(
        string program,
        IEnumerable<string> arguments,
        string? folder,
        TimeProvider time,
        CancellationToken ct
    )
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder ?? "",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["LC_ALL"] = "C";
        using var process = await StartAsync(start, time, ct);
        process.StandardInput.Close();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(ct);
            var errors = process.StandardError.ReadToEndAsync(ct);
            await process.WaitForExitAsync(ct);
            return new ChildResult(process.ExitCode, await output, await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            throw;
        }
    }

    /// <summary>
    /// A program that was just written is "busy" for as long as a fork made by another thread at that moment holds
    /// its descriptor, until that fork's exec.
    /// </summary>
    private static async Task<Process> StartAsync(ProcessStartInfo start, TimeProvider time, CancellationToken ct)
    {
        Process? process = null;
        Win32Exception? busy = null;
        await Wait.UntilAsync(
            _ =>
            {
                try
                {
                    process = Process.Start(start);
                }
                catch (Win32Exception e) when (e.NativeErrorCode == TextFileBusy)
                {
                    busy = e;
                }
                return ValueTask.FromResult(process is not null);
            },
            BusyAtMost,
            time,
            ct
        );
        return process ?? throw busy!;
    }
}
