using System.Diagnostics;
using Slotwright.Local.Processes;
using Slotwright.Output;

namespace Slotwright.Integration.Tests.Support;

/// <summary>The whole program: in this process, or as a child that can be killed.</summary>
internal static class TestProgram
{
    private const int SigInt = 2;

    /// <param name="root">The state root that its local clusters lie in.</param>
    public static Task<ProgramResult> RunAsync(string root, params string[] arguments) => RunAsync(root, [], arguments);

    /// <param name="variables">Of the environment, besides the state root.</param>
    public static Task<ProgramResult> RunAsync(
        string root,
        Dictionary<string, string> variables,
        params string[] arguments
    ) => RunAsync(root, variables, readSecret: null, default, arguments);

    /// <param name="readSecret">Somebody who types a password; null where nobody can be asked.</param>
    /// <param name="ct">Ctrl-C.</param>
    public static async Task<ProgramResult> RunAsync(
        string root,
        Dictionary<string, string> variables,
        Func<string>? readSecret,
        CancellationToken ct,
        params string[] arguments
    )
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var terminal = new Terminal(
            Consoles.Of(output, redirected: true),
            Consoles.Of(error, redirected: true),
            Input: null,
            readSecret
        );
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["SLOTWRIGHT_HOME"] = root };
        foreach (var (name, value) in variables)
        {
            environment[name] = value;
        }
        var wiring = new Wiring(terminal, TimeProvider.System, new Random(1), environment);
        var exitCode = await CommandLine.RunAsync(arguments, wiring, ct);
        return new ProgramResult(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>A process of its own, its output redirected: to be read, killed and disposed of by the test.</summary>
    public static Process Start(string root, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "slotwright"), arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Prepare(start, root);
        return Process.Start(start)!;
    }

    /// <summary>Ctrl-C.</summary>
    /// <returns>False where it has ended already.</returns>
    public static bool Interrupt(Process process) => Native.Kill(process.Id, SigInt) == 0;

    /// <summary>A process of its own, to its end, which is a good one.</summary>
    public static async Task DoneAsync(string root, params string[] arguments)
    {
        using var process = Start(root, arguments);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == ExitCode.Done, await output + await error);
    }

    /// <summary>The environment in which the program finds its runtime and the clusters of a test, and none else.</summary>
    public static void Prepare(ProcessStartInfo start, string root)
    {
        start.Environment["SLOTWRIGHT_HOME"] = root;
        start.Environment.Remove("SLOTWRIGHT_TARGET");
        start.Environment["DOTNET_ROOT"] = Path.GetFullPath(
            Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", "..")
        );
    }
}
