using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Slotwright.Local.Processes;

namespace Slotwright.Chart.Tests.Rehearsal;

/// <summary>A container's first process, or what is run beside it.</summary>
internal sealed class RehearsedProcess : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _log = new();

    /// <exception cref="PodTroubleException">There is no such program.</exception>
    public RehearsedProcess(
        string program,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string> variables
    )
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        try
        {
            _process.Start();
        }
        catch (Win32Exception e)
        {
            _process.Dispose();
            throw new PodTroubleException($"{program}: {e.Message}");
        }
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Ended = EndAsync();
    }

    /// <summary>Its exit code.</summary>
    public Task<int> Ended { get; }

    /// <summary>All that it has said on both streams.</summary>
    public string Log
    {
        get
        {
            lock (_log)
            {
                return _log.ToString();
            }
        }
    }

    /// <summary>Its memory that no file backs (RssAnon), in bytes; 0 where it has ended.</summary>
    public long AnonymousMemory =>
        _process.HasExited
            ? 0
            : File.ReadLines($"/proc/{_process.Id}/status")
                .Where(l => l.StartsWith("RssAnon:", StringComparison.Ordinal))
                .Select(l => long.Parse(l.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], null) * 1024)
                .FirstOrDefault();

    public void Term() => Signal(Native.SigTerm);

    public void Kill() => Signal(Native.SigKill);

    /// <returns>False where it did not end in time; it has been killed then.</returns>
    public async Task<bool> EndsWithinAsync(TimeSpan time)
    {
        try
        {
            await Ended.WaitAsync(time, TimeProvider.System);
            return true;
        }
        catch (TimeoutException)
        {
            Kill();
            await Ended;
            return false;
        }
    }

    public void Dispose()
    {
        Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    private void Signal(int signal)
    {
        if (!_process.HasExited)
        {
            _ = Native.Kill(_process.Id, signal);
        }
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is { } text)
        {
            lock (_log)
            {
                _log.Append(text).Append('\n');
            }
        }
    }
}
