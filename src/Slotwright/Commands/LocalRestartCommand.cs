using System.CommandLine;
using Slotwright.Output;
using Slotwright.Targets;

namespace Slotwright.Commands;

/// <summary><c>slotwright local restart</c>: members end and come back, all at once, as pods do.</summary>
internal static class LocalRestartCommand
{
    public static Command Create(Wiring wiring)
    {
        var members = new Argument<string[]>("MEMBER")
        {
            Description = "members as for local kill (default: all)",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var newAddress = new Option<bool>("--new-address")
        {
            Description = "under addresses that no member has now, as pods come back; needs up --own-addresses",
        };
        var kill = new Option<bool>("--kill") { Description = "end them by SIGKILL instead of cleanly" };
        var command = new Command("restart", "ends members, all at once, and brings them back")
        {
            members,
            newAddress,
            kill,
        };
        command.SetAction(
            async (parsed, ct) =>
            {
                var words = parsed.GetValue(members)!;
                var chosen = await LocalMembers.ChooseAsync(
                    new TargetResolver(wiring),
                    parsed,
                    "local restart",
                    words,
                    ct
                );
                await chosen.Host.RestartAsync(chosen.Names, parsed.GetValue(newAddress), parsed.GetValue(kill), ct);
                LocalChangeOutput.Print(
                    wiring.Terminal,
                    CommonOptions.FormatOf(parsed),
                    await chosen.ChangeAsync("restart", _ => null, ct)
                );
                if (parsed.GetValue(newAddress))
                {
                    wiring.Terminal.Error.WriteLine(
                        "nodes remember each other by address: slotwright status shows who has found whom"
                    );
                }
                return ExitCode.Done;
            }
        );
        return command;
    }
}
