using System.CommandLine;
using Slotwright.Core.Planning.Failover;

namespace Slotwright.Commands;

/// <summary><c>slotwright evacuate</c>: no primaries left in a zone.</summary>
internal static class EvacuateCommand
{
    public static Command Create(Wiring wiring)
    {
        var zone = new Argument<string>("ZONE") { Description = "the zone that is to have no primaries" };
        var dryRun = ChangeCommand.DryRun();
        var command = new Command(
            "evacuate",
            "has replicas elsewhere take over all primaries of a zone, as before its maintenance; exit 2 where one has to stay"
        )
        {
            zone,
            dryRun,
        };
        command.SetAction(
            (parsed, ct) =>
                ChangeCommand.RunAsync(
                    wiring,
                    parsed,
                    "evacuate",
                    parsed.GetValue(dryRun),
                    observation => EvacuatePlanner.Plan(observation.Topology, parsed.GetValue(zone)!),
                    ct
                )
        );
        return command;
    }
}
