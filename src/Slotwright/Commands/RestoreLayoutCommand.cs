using System.CommandLine;
using Slotwright.Core.Planning.Failover;

namespace Slotwright.Commands;

/// <summary><c>slotwright restore-layout</c>: primaries back to where they should be.</summary>
internal static class RestoreLayoutCommand
{
    public static Command Create(Wiring wiring)
    {
        var dryRun = ChangeCommand.DryRun();
        var command = new Command(
            "restore-layout",
            "evens primaries out over the zones again, with as few hand-overs as that takes"
        )
        {
            dryRun,
        };
        command.SetAction(
            (parsed, ct) =>
                ChangeCommand.RunAsync(
                    wiring,
                    parsed,
                    "restore-layout",
                    parsed.GetValue(dryRun),
                    observation => RestoreLayoutPlanner.Plan(observation.Topology),
                    ct
                )
        );
        return command;
    }
}
