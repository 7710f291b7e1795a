using System.CommandLine;
using Slotwright.Core.Failures;
using Slotwright.Core.Planning.Waves;

namespace Slotwright.Commands;

/// <summary><c>slotwright restart --rolling</c>: every member once, in waves that clients don't notice.</summary>
internal static class RestartCommand
{
    public static Command Create(Wiring wiring)
    {
        var rolling = new Option<bool>("--rolling") { Description = "in waves; must be given" };
        var options = new RollingOptions();
        var command = new Command("restart", "restarts every member once, in waves; primaries hand over before")
        {
            rolling,
        };
        options.AddTo(command);
        command.SetAction(
            (parsed, ct) =>
                parsed.GetValue(rolling)
                    ? options.RunAsync(wiring, parsed, "restart", RollingKind.Restart, version: null, ct)
                    : throw new BadInputException(
                        new Problem(
                            "restart",
                            "all members at once would take the cluster away",
                            "add --rolling; slotwright local restart ends local members at once, for rehearsals"
                        )
                    )
        );
        return command;
    }
}
