using System.CommandLine;
using Slotwright.Core.Planning.Failover;

namespace Slotwright.Commands;

/// <summary><c>slotwright failover</c>: another primary for one shard.</summary>
internal static class FailoverCommand
{
    public static Command Create(Wiring wiring)
    {
        var shard = new Argument<string>("SHARD")
        {
            Description = "the primary to relieve, by its member's name; or its shard: slot:N, key:NAME",
        };
        var to = new Option<string?>("--to")
        {
            Description = "the replica that is to take over (default: the best one in sync)",
            HelpName = "MEMBER",
        };
        var takeover = new Option<bool>("--takeover")
        {
            Description = "where the primary is gone and no majority can vote: take its slots without a vote",
        };
        var dryRun = ChangeCommand.DryRun();
        var command = new Command(
            "failover",
            "has a replica take over from its primary, without a lost or failed write where the primary lives"
        )
        {
            shard,
            to,
            takeover,
            dryRun,
        };
        command.SetAction(
            (parsed, ct) =>
            {
                var wish = new FailoverWish(parsed.GetValue(shard)!, parsed.GetValue(to), parsed.GetValue(takeover));
                return ChangeCommand.RunAsync(
                    wiring,
                    parsed,
                    "failover",
                    parsed.GetValue(dryRun),
                    observation => FailoverPlanner.Plan(observation.Topology, wish),
                    ct
                );
            }
        );
        return command;
    }
}
