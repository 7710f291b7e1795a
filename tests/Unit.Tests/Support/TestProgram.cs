namespace Slotwright.Unit.Tests.Support;

/// <summary>The whole program in this process: arguments in; output, talk and exit code out.</summary>
internal static class TestProgram
{
    /// <summary>Nothing is there: no cluster, no server, no password.</summary>
    private static readonly Dictionary<string, string> Nowhere = new(StringComparer.Ordinal)
    {
        ["SLOTWRIGHT_HOME"] = "/nonexistent/slotwright",
        ["SLOTWRIGHT_CACHE"] = "/nonexistent/cache",
        ["PATH"] = "",
    };

    public static Task<ProgramRun> RunAsync(params string[] arguments) => RunAsync(new FakeTerminal(), [], arguments);

    /// <param name="variables">Of the environment, besides those that say that nothing is there.</param>
    public static async Task<ProgramRun> RunAsync(
        FakeTerminal terminal,
        Dictionary<string, string> variables,
        params string[] arguments
    )
    {
        var environment = new Dictionary<string, string>(Nowhere, StringComparer.Ordinal);
        foreach (var (name, value) in variables)
        {
            environment[name] = value;
        }
        var wiring = new Wiring(terminal.Terminal, TimeProvider.System, new Random(1), environment);
        var exitCode = await Slotwright.CommandLine.RunAsync(arguments, wiring, default);
        return new ProgramRun(exitCode, terminal.Output, terminal.Error);
    }
}
