using System.CommandLine;
using Slotwright.Core.Drills;
using Slotwright.Core.Failures;
using Slotwright.Core.Health;
using Slotwright.Core.Measures;
using Slotwright.Operations.Drills;
using Slotwright.Output;
using Slotwright.Targets;

namespace Slotwright.Commands;

/// <summary><c>slotwright load</c>: writes numbered values to every shard and keeps the ledger: the referee.</summary>
internal static class LoadCommand
{
    private static readonly LoadOptions Defaults = LoadOptions.Default;

    private static readonly Option<double> Rate = WithDefault(
        "--rate",
        "N",
        "operations a second in all, one in nine a read",
        Defaults.Rate
    );

    private static readonly Option<TimeSpan> LoadDuration = DurationArgument.Option(
        "--duration",
        "how long",
        Defaults.Duration,
        TimeSpan.FromMilliseconds(100),
        TimeSpan.FromDays(1)
    );

    private static readonly Option<int> Clients = WithDefault(
        "--clients",
        "N",
        "clients, each with a connection to each primary",
        Defaults.Clients
    );

    private static readonly Option<int> Pipeline = WithDefault(
        "--pipeline",
        "N",
        "operations that may be unanswered on one connection",
        Defaults.Pipeline
    );

    private static readonly Option<int> ValueSize = WithDefault(
        "--value-size",
        "BYTES",
        "what a write carries",
        Defaults.ValueSize
    );

    private static readonly Option<int> Wait = WithDefault(
        "--wait",
        "N",
        "have each write confirmed by N replicas, with WAIT",
        Defaults.WaitReplicas
    );

    private static readonly Option<long?> MaxFailed = new("--max-failed")
    {
        Description = "failed operations that keep the exit code at 0 (default: no limit)",
        HelpName = "N",
    };

    private static readonly Option<TimeSpan?> MaxGap = DurationArgument.Optional(
        "--max-gap",
        "longest time in which a shard may acknowledge no write (default: no limit)",
        TimeSpan.FromMilliseconds(1),
        Duration.Longest
    );

    private static readonly Option<long> MaxLost = WithDefault(
        "--max-lost",
        "N",
        "lost writes that keep the exit code at 0: with --wait those that WAIT had confirmed, else all acknowledged ones",
        LedgerLimits.Default.MaxLost
    );

    public static Command Create(Wiring wiring)
    {
        var command = new Command(
            "load",
            "writes to every shard, reads back, and says what was lost; exit 2 where a limit was broken"
        )
        {
            Rate,
            LoadDuration,
            Clients,
            Pipeline,
            ValueSize,
            Wait,
            MaxFailed,
            MaxGap,
            MaxLost,
        };
        command.SetAction((parsed, ct) => RunAsync(wiring, parsed, ct));
        return command;
    }

    private static async Task<int> RunAsync(Wiring wiring, ParseResult parsed, CancellationToken ct)
    {
        var options = new LoadOptions(
            parsed.GetValue(Rate),
            parsed.GetValue(LoadDuration),
            parsed.GetValue(Clients),
            parsed.GetValue(Pipeline),
            parsed.GetValue(ValueSize),
            parsed.GetValue(Wait)
        );
        var limits = new LedgerLimits(parsed.GetValue(MaxFailed), parsed.GetValue(MaxGap), parsed.GetValue(MaxLost));
        Demand(options, limits);
        await using var session = new TargetResolver(wiring).Open(parsed);
        var run = new LoadRun(session, options, wiring.Random);
        var result = await run.RunAsync(new LoadProgress(wiring.Terminal), ct);
        var verdict = result.Judge(limits);
        LoadOutput.Print(wiring.Terminal, CommonOptions.FormatOf(parsed), session.Target.Name, result, limits, verdict);
        return ExitCodeOf(verdict);
    }

    internal static int ExitCodeOf(LedgerVerdict verdict) =>
        verdict.Outcome switch
        {
            Verdict.Ok => ExitCode.Done,
            Verdict.Failed => ExitCode.Differences,
            _ => ExitCode.Failed,
        };

    private static void Demand(LoadOptions options, LedgerLimits limits)
    {
        var problems = options.Problems().ToBuilder();
        if (limits.MaxFailed < 0)
        {
            problems.Add(new Problem("--max-failed", $"{limits.MaxFailed} can't be used", "give 0 or more"));
        }
        if (limits.MaxLost < 0)
        {
            problems.Add(new Problem("--max-lost", $"{limits.MaxLost} can't be used", "give 0 or more"));
        }
        if (problems.Count > 0)
        {
            throw new BadInputException([.. problems]);
        }
    }

    private static Option<T> WithDefault<T>(string name, string helpName, string description, T value) =>
        new(name)
        {
            Description = $"{description} (default: {value})",
            HelpName = helpName,
            DefaultValueFactory = _ => value,
        };
}
