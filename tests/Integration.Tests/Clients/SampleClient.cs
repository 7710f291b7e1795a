using System.Diagnostics;
using Slotwright.Integration.Tests.Support;

namespace Slotwright.Integration.Tests.Clients;

/// <summary>One of docs/samples as a process: for each name that it is given it writes a key and reads it back.</summary>
internal sealed class SampleClient : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _errors;

    private SampleClient(ProcessStartInfo start)
    {
        _process = Process.Start(start)!;
        _errors = _process.StandardError.ReadToEndAsync();
    }

    public static SampleClient Python(string seeds, string password) =>
        new(StartInfo(TestClients.Python, "python/sample.py", seeds, password));

    public static SampleClient Node(string seeds, string password)
    {
        var start = StartInfo("node", "node/sample.js", seeds, password);
        start.Environment["NODE_PATH"] = TestClients.NodeModules;
        return new SampleClient(start);
    }

    /// <summary>What it prints for these names, when all have been written and read.</summary>
    public async Task<string[]> EchoesAsync(IReadOnlyCollection<string> names, CancellationToken ct)
    {
        foreach (var name in names)
        {
            await _process.StandardInput.WriteLineAsync(name.AsMemory(), ct);
        }
        await _process.StandardInput.FlushAsync(ct);
        var echoes = new List<string>();
        while (echoes.Count < names.Count)
        {
            echoes.Add(
                await _process.StandardOutput.ReadLineAsync(ct)
                    ?? throw new InvalidOperationException($"it ended: {await _errors}")
            );
        }
        return [.. echoes];
    }

    /// <summary>Its exit code at the end of its input.</summary>
    public async Task<int> EndAsync(CancellationToken ct)
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync(ct);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }
        _process.Dispose();
    }

    private static ProcessStartInfo StartInfo(string program, string sample, string seeds, string password) =>
        new(program, [Path.Combine(TestProject.Root, "docs", "samples", sample), seeds])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["VALKEY_PASSWORD"] = password },
        };
}
