using System.CommandLine;
using Slotwright.Core.Drills;
using Slotwright.Core.Measures;
using Slotwright.Operations.Drills;

namespace Slotwright.Commands;

/// <summary>How many operations a second are tried, and what the ledger may show at the end: of whatever puts load on.</summary>
internal sealed class LedgerLimitOptions
{
    private readonly Option<long?> _maxFailed = NumberArgument.Optional(
        "--max-failed",
        "failed operations that keep the exit code at 0 (default: no limit)",
        0,
        long.MaxValue
    );

    private readonly Option<TimeSpan?> _maxGap = DurationArgument.Optional(
        "--max-gap",
        "longest time in which a shard may acknowledge no write (default: no limit)",
        TimeSpan.FromMilliseconds(1),
        Duration.Longest
    );

    private readonly Option<long> _maxLost;

    /// <param name="counted">Which lost writes count.</param>
    public LedgerLimitOptions(string counted) =>
        _maxLost = NumberArgument.WithDefault(
            "--max-lost",
            $"lost writes that keep the exit code at 0: {counted}",
            LedgerLimits.Default.MaxLost,
            0,
            long.MaxValue
        );

    public Option<int> Rate { get; } =
        NumberArgument.WithDefault(
            "--rate",
            "operations a second in all, one in nine a read",
            LoadOptions.Default.Rate,
            1,
            1_000_000
        );

    /// <summary>In the order in which help shows them.</summary>
    public void AddLimitsTo(Command command)
    {
        command.Add(_maxFailed);
        command.Add(_maxGap);
        command.Add(_maxLost);
    }

    public LedgerLimits Of(ParseResult parsed) =>
        new(parsed.GetValue(_maxFailed), parsed.GetValue(_maxGap), parsed.GetValue(_maxLost));
}
