using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Slotwright.Core.Planning.SlotMoves;

namespace Slotwright.Commands;

/// <summary><c>slotwright rebalance</c>: every shard bears its share.</summary>
internal static class RebalanceCommand
{
    public static Command Create(Wiring wiring)
    {
        var threshold = new Option<double>("--threshold")
        {
            Description = "how far a shard may be off its share before anything is moved (default: 2%)",
            HelpName = "P%",
            DefaultValueFactory = _ => 0.02,
            CustomParser = Percent,
        };
        var weight = new Option<string[]>("--weight")
        {
            Description = "a shard's weight among the others, which have 1; 0 empties it; several times for several",
            HelpName = "SHARD=W",
        };
        var options = new SlotMoveOptions();
        var command = new Command("rebalance", "moves as few slots as it takes for every shard to have its share")
        {
            threshold,
            weight,
        };
        options.AddTo(command);
        command.SetAction(
            (parsed, ct) =>
            {
                var wish = new RebalanceWish(null, parsed.GetValue(threshold), Weights(parsed.GetValue(weight) ?? []));
                return options.RunAsync(
                    wiring,
                    parsed,
                    "rebalance",
                    topology => RebalancePlanner.Plan(topology, wish),
                    ct
                );
            }
        );
        return command;
    }

    private static ImmutableArray<(string Shard, double Weight)> Weights(string[] words) => [.. words.Select(Weight)];

    /// <summary>What can't be read is no number, which the planner complains about together with the rest.</summary>
    private static (string Shard, double Weight) Weight(string word)
    {
        var at = word.LastIndexOf('=');
        return at < 0
            ? (word, double.NaN)
            : (
                word[..at],
                double.TryParse(word[(at + 1)..], NumberStyles.Float, CultureInfo.InvariantCulture, out var weight)
                    ? weight
                    : double.NaN
            );
    }

    private static double Percent(ArgumentResult result)
    {
        var text = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
        if (
            double.TryParse(text.TrimEnd('%'), NumberStyles.Float, CultureInfo.InvariantCulture, out var percent)
            && percent is >= 0 and <= 100
        )
        {
            return percent / 100;
        }
        result.AddError($"--threshold: '{text}' can't be used; use a share such as 2%, 0% to 100%");
        return 0;
    }
}
