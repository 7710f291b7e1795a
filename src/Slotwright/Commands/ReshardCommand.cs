using System.CommandLine;
using Slotwright.Core.Planning.SlotMoves;
using Slotwright.Core.Slots;

namespace Slotwright.Commands;

/// <summary><c>slotwright reshard</c>: as many slots as are asked for, or the very ones, to one shard.</summary>
internal static class ReshardCommand
{
    public static Command Create(Wiring wiring)
    {
        var slots = NumberArgument.Any("--slots", "how many slots are to move, exactly");
        var ranges = new Option<SlotSet?>("--ranges")
        {
            Description = "which slots are to move: 0-99,200",
            HelpName = "A-B,...",
            CustomParser = result =>
            {
                var text = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
                var (read, problem) = SlotRanges.Read(text);
                if (problem is not null)
                {
                    result.AddError($"--ranges: {problem}");
                }
                return read;
            },
        };
        var from = new Option<string[]>("--from")
        {
            Description =
                "the shard that gives them: one of its members, or slot:N; several times for several; all for all others",
            HelpName = "SHARD",
            Required = true,
        };
        var to = new Option<string>("--to")
        {
            Description = "the shard that takes them",
            HelpName = "SHARD",
            Required = true,
        };
        var options = new SlotMoveOptions();
        var command = new Command("reshard", "moves slots with their keys to another shard, while clients use them")
        {
            slots,
            ranges,
            from,
            to,
        };
        options.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetResult(slots) is null == result.GetResult(ranges) is null)
            {
                result.AddError("give --slots N or --ranges A-B,..., one of them");
            }
        });
        command.SetAction(
            (parsed, ct) =>
            {
                var wish = new ReshardWish(
                    parsed.GetValue(to)!,
                    [.. parsed.GetValue(from)!],
                    parsed.GetValue(slots),
                    parsed.GetValue(ranges)
                );
                return options.RunAsync(wiring, parsed, "reshard", topology => ReshardPlanner.Plan(topology, wish), ct);
            }
        );
        return command;
    }
}
