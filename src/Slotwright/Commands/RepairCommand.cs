using System.CommandLine;
using Slotwright.Core.Planning.Repair;
using Slotwright.Operations.Repair;
using Slotwright.Operations.Running;
using Slotwright.Targets;

namespace Slotwright.Commands;

/// <summary><c>slotwright repair</c>: what crashes leave behind.</summary>
internal static class RepairCommand
{
    public static Command Create(Wiring wiring)
    {
        var options = new SlotMoveOptions();
        var command = new Command(
            "repair",
            "mends what crashes leave behind: slots that are open or without an owner, nodes that are gone, members that stand apart"
        );
        options.AddTo(command);
        command.SetAction(
            async (parsed, ct) =>
            {
                await using var session = new TargetResolver(wiring).Open(parsed);
                var look = new RepairLook(session);
                await look.UntilSettledAsync(wiring.Terminal.Error.WriteLine, ct);
                RepairSight? sight = null;
                return await options.RunAsync(
                    wiring,
                    parsed,
                    session,
                    RepairPlanner.Operation,
                    new ChangeOptions
                    {
                        MendsWhatIsOpen = true,
                        LookCloser = async (seen, inner) =>
                        {
                            Answers.Demand(seen);
                            sight = await look.AskAsync(seen, inner);
                            return sight.Seen;
                        },
                    },
                    _ => RepairPlanner.Plan(sight!),
                    ct
                );
            }
        );
        return command;
    }
}
