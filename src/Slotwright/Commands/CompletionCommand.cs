using System.CommandLine;
using Slotwright.Output;

namespace Slotwright.Commands;

/// <summary><c>slotwright completion bash|zsh</c>: the script that makes a shell complete verbs, options and names.</summary>
internal static class CompletionCommand
{
    public static Command Create(Wiring wiring)
    {
        var shell = new Argument<string>("SHELL") { Description = "the shell", HelpName = "bash|zsh" };
        shell.AcceptOnlyFromAmong("bash", "zsh");
        var command = new Command(
            "completion",
            "prints a script that makes the shell complete verbs, options, clusters and members: "
                + "source <(slotwright completion bash)"
        )
        {
            shell,
        };
        command.SetAction(parsed =>
        {
            CompletionScript.Print(wiring.Terminal, CommonOptions.FormatOf(parsed), parsed.GetValue(shell)!);
            return ExitCode.Done;
        });
        return command;
    }
}
