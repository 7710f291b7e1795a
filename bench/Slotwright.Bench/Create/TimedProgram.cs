using System.Diagnostics;
using System.Globalization;

namespace Slotwright.Bench.Create;

/// <summary>A program that is run to its end: how long it took, and the most memory that it had.</summary>
/// <param name="Took">From before its start until its end was seen.</param>
/// <param name="PeakMemory">Bytes resident at most, as the kernel kept it (VmHWM); looked up every 10 ms.</param>
internal sealed record TimedProgram(TimeSpan Took, long PeakMemory)
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(10);

    /// <exception cref="InvalidOperationException">It ended with another exit code than 0: what it said.</exception>
    public static async Task<TimedProgram> RunAsync(
        string path,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string> environment,
        CancellationToken ct
    )
    {
        var info = new ProcessStartInfo(path, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            info.Environment[name] = value;
        }
        var start = Stopwatch.GetTimestamp();
        using var process = Process.Start(info) ?? throw new InvalidOperationException($"{path} can't be started");
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(ct);
            var error = process.StandardError.ReadToEndAsync(ct);
            var end = process.WaitForExitAsync(ct);
            var peak = 0L;
            while (!end.IsCompleted)
            {
                peak = Math.Max(peak, PeakOf(process.Id));
                await Task.WhenAny(end, Task.Delay(Glance, ct));
            }
            await end;
            var took = Stopwatch.GetElapsedTime(start);
            return process.ExitCode == 0
                ? new TimedProgram(took, peak)
                : throw new InvalidOperationException(
                    $"{Path.GetFileName(path)} ended with exit code {process.ExitCode}: {await error}{await output}"
                );
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }

    private static long PeakOf(int pid)
    {
        try
        {
            var line = File.ReadLines($"/proc/{pid}/status")
                .FirstOrDefault(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : 1024 * long.Parse(line[6..^2], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
