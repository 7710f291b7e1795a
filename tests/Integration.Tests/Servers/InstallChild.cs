using System.Diagnostics;
using System.Runtime.CompilerServices;
using Slotwright.Local.Servers;

namespace Slotwright.Integration.Tests.Servers;

/// <summary>
/// An install in a process of its own, which can be killed: this program, started with a variable set, installs and
/// ends before any test begins.
/// </summary>
internal static class InstallChild
{
    private const string Variable = "SLOTWRIGHT_TEST_CHILD_INSTALLS";

    public static Process Start(string version, string cache)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Slotwright.Integration.Tests"));
        start.Environment["SLOTWRIGHT_CACHE"] = cache;
        start.Environment[Variable] = version;
        start.Environment["DOTNET_ROOT"] = Path.GetFullPath(
            Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", "..")
        );
        return Process.Start(start)!;
    }

    [ModuleInitializer]
    internal static void Install()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } version)
        {
            return;
        }
        // Nothing of this module may be called from another thread before its initializer is through: no handler.
        ServerLocator
            .OfThisMachine(TimeProvider.System)
            .InstallAsync(version, new Progress<string>(), CancellationToken.None)
            .GetAwaiter()
            .GetResult();
        Environment.Exit(0);
    }
}
