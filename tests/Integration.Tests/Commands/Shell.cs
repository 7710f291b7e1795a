using System.Diagnostics;
using Slotwright.Integration.Tests.Support;

namespace Slotwright.Integration.Tests.Commands;

/// <summary>A script in a real shell that finds the program on its PATH.</summary>
internal static class Shell
{
    /// <summary>Standard output and error are read as Latin-1, so that every byte is a character.</summary>
    public static async Task<ProgramResult> RunAsync(
        string shell,
        string root,
        string script,
        params (string Name, string Value)[] variables
    )
    {
        var start = new ProcessStartInfo(shell, shell == "zsh" ? ["-f", "-c", script] : ["-c", script])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = System.Text.Encoding.Latin1,
            StandardErrorEncoding = System.Text.Encoding.Latin1,
        };
        TestProgram.Prepare(start, root);
        start.Environment["PATH"] = $"{AppContext.BaseDirectory.TrimEnd('/')}:{start.Environment["PATH"]}";
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new ProgramResult(process.ExitCode, await output, await error);
    }
}
