using System.Diagnostics;
using Slotwright.Integration.Tests.Support;

namespace Slotwright.Integration.Tests.Waves;

/// <summary>Somebody else's client at its defaults, which writes and reads all the time and counts its errors.</summary>
internal sealed class DefaultClient : IDisposable
{
    private readonly Process _process;

    private DefaultClient(string program, string script, string seed, string password)
    {
        _process = Process.Start(
            new ProcessStartInfo(
                program,
                [Path.Combine(TestProject.Root, "tests", "Integration.Tests", "Waves", "Clients", script), seed]
            )
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                Environment = { ["VALKEY_PASSWORD"] = password, ["NODE_PATH"] = TestClients.NodeModules },
            }
        )!;
    }

    /// <summary>Ends when it has written.</summary>
    public static async Task<DefaultClient> PythonAsync(string seed, string password) =>
        await BegunAsync(new DefaultClient(TestClients.Python, "defaults.py", seed, password));

    /// <inheritdoc cref="PythonAsync"/>
    public static async Task<DefaultClient> NodeAsync(string seed, string password) =>
        await BegunAsync(new DefaultClient("node", "defaults.js", seed, password));

    /// <summary>All that it printed, its errors among them; the last line is <c>done N</c>.</summary>
    public async Task<string[]> EndAsync()
    {
        _process.StandardInput.Close();
        var text = await _process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }
        _process.Dispose();
    }

    private static async Task<DefaultClient> BegunAsync(DefaultClient client)
    {
        Assert.Equal(
            "begun",
            await client._process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken)
        );
        return client;
    }
}
