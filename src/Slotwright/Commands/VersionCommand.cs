using System.CommandLine;
using System.Reflection;
using Slotwright.Output;

namespace Slotwright.Commands;

/// <summary><c>slotwright version</c>: what this program is.</summary>
internal static class VersionCommand
{
    public static string Current =>
        typeof(VersionCommand)
            .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
            .InformationalVersion;

    public static Command Create(Wiring wiring)
    {
        var command = new Command("version", "the program's version");
        command.SetAction(parsed =>
        {
            VersionOutput.Print(wiring.Terminal, CommonOptions.FormatOf(parsed), Current);
            return ExitCode.Done;
        });
        return command;
    }
}
