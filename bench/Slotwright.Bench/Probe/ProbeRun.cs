using System.Diagnostics;

namespace Slotwright.Bench.Probe;

/// <summary>One probe.</summary>
/// <param name="Cpu">Of it and all that it started.</param>
/// <param name="Took">From before its start until its end was seen.</param>
internal sealed record ProbeRun(TimeSpan Cpu, TimeSpan Took)
{
    /// <exception cref="InvalidOperationException">It did not find the member well: what it said.</exception>
    public static async Task<ProbeRun> MeasureAsync(
        string path,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string> environment,
        CancellationToken ct
    )
    {
        var info = new ProcessStartInfo(path, arguments) { UseShellExecute = false, RedirectStandardOutput = true };
        foreach (var (name, value) in environment)
        {
            info.Environment[name] = value;
        }
        var before = ChildTimes.Read();
        var start = Stopwatch.GetTimestamp();
        using var process = Process.Start(info) ?? throw new InvalidOperationException($"{path} can't be started");
        var output = await process.StandardOutput.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        var took = Stopwatch.GetElapsedTime(start);
        return process.ExitCode == 0
            ? new ProbeRun(ChildTimes.Read() - before, took)
            : throw new InvalidOperationException(
                $"{Path.GetFileName(path)} ended with exit code {process.ExitCode}: {output}"
            );
    }
}
