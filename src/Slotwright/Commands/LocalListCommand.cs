using System.CommandLine;
using Slotwright.Output;
using Slotwright.Targets;

namespace Slotwright.Commands;

/// <summary><c>slotwright local list</c>: every cluster of this user on this machine.</summary>
internal static class LocalListCommand
{
    public static Command Create(Wiring wiring)
    {
        var command = new Command("list", "all clusters of this machine, whatever --name says");
        command.SetAction(parsed =>
        {
            var clusters = new TargetResolver(wiring).Local.List();
            LocalListOutput.Print(wiring.Terminal, CommonOptions.FormatOf(parsed), clusters);
            return clusters.Any(c => c.Problem is not null) ? ExitCode.Failed : ExitCode.Done;
        });
        return command;
    }
}
