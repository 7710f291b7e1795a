namespace Slotwright.Chart.Tests.Support;

/// <summary>The real helm. Its two versions are those that <c>tests/prepare</c> has fetched before tests run.</summary>
public sealed record TestHelm(string Version)
{
    public static TestHelm Three { get; } = new("3.17.3");

    public static TestHelm Four { get; } = new("4.1.4");

    public static TestHelm[] All { get; } = [Three, Four];

    /// <summary>Where the program lies.</summary>
    public string Program { get; } = Path.Combine(CacheFolder(), "test", "helm", Version, "helm");

    /// <summary>Runs it, away from the settings, plugins and clusters of whoever runs the tests.</summary>
    public async Task<HelmRun> RunAsync(IEnumerable<string> arguments)
    {
        Assert.True(File.Exists(Program), $"helm {Version} is not at {Program}: tests/prepare fetches it");
        using var process = new System.Diagnostics.Process();
        process.StartInfo = new(Program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = ChartFolder.Root,
        };
        var environment = process.StartInfo.Environment;
        var nowhere = Path.Combine(Path.GetTempPath(), "slotwright-chart-tests");
        foreach (var name in environment.Keys.Where(k => k.StartsWith("HELM_", StringComparison.Ordinal)).ToArray())
        {
            environment.Remove(name);
        }
        foreach (var name in (string[])["HELM_CACHE_HOME", "HELM_CONFIG_HOME", "HELM_DATA_HOME"])
        {
            environment[name] = nowhere;
        }
        environment["KUBECONFIG"] = Path.Combine(nowhere, "no-kubeconfig");
        process.Start();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new HelmRun(process.ExitCode, await output, await errors);
    }

    public override string ToString() => $"helm {Version}";

    private static string CacheFolder()
    {
        string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } v ? v : null;
        return Variable("SLOTWRIGHT_CACHE")
            ?? Path.Combine(
                Variable("XDG_CACHE_HOME") ?? Path.Combine(Variable("HOME") ?? "/", ".cache"),
                "slotwright"
            );
    }
}
