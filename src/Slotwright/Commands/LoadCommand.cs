using System.CommandLine;
using Slotwright.Core.Drills;
using Slotwright.Core.Failures;
using Slotwright.Core.Health;
using Slotwright.Operations.Drills;
using Slotwright.Output;
using Slotwright.Targets;

namespace Slotwright.Commands;

/// <summary><c>slotwright load</c>: writes numbered values to every shard and keeps the ledger: the referee.</summary>
internal static class LoadCommand
{
    private static readonly LedgerLimitOptions Limits = new(
        "with --wait those that WAIT had confirmed, else all acknowledged ones"
    );

    private static readonly LoadOptions Defaults = LoadOptions.Default;

    private static readonly Option<TimeSpan> LoadDuration = DurationArgument.Option(
        "--duration",
        "how long",
        Defaults.Duration,
        TimeSpan.FromMilliseconds(100),
        TimeSpan.FromDays(1)
    );

    private static readonly Option<int> Clients = NumberArgument.WithDefault(
        "--clients",
        "clients, each with a connection to each primary",
        Defaults.Clients,
        1,
        1000
    );

    private static readonly Option<int> Pipeline = NumberArgument.WithDefault(
        "--pipeline",
        "operations that may be unanswered on one connection",
        Defaults.Pipeline,
        1,
        1000
    );

    private static readonly Option<int> ValueSize = NumberArgument.WithDefault(
        "--value-size",
        "bytes that a write carries",
        Defaults.ValueSize,
        RingText.Smallest,
        LoadOptions.LargestValue
    );

    private static readonly Option<int> Wait = NumberArgument.WithDefault(
        "--wait",
        "have each write confirmed by N replicas, with WAIT",
        Defaults.WaitReplicas,
        0,
        10
    );

    private static readonly Finding ThroughApiServer = new(
        "load-through-api-server",
        Verdict.Failed,
        "k8s: target",
        "its members are reached through the API server, which is not there to carry a load",
        "it would measure the API server, and harm it for everybody",
        "run load in a pod of Slotwright's image, with --target nodes:HOST:PORT of one member"
    );

    public static Command Create(Wiring wiring)
    {
        var command = new Command(
            "load",
            "writes to every shard, reads back, and says what was lost; exit 2 where a limit was broken"
        )
        {
            Limits.Rate,
            LoadDuration,
            Clients,
            Pipeline,
            ValueSize,
            Wait,
        };
        Limits.AddLimitsTo(command);
        command.SetAction((parsed, ct) => RunAsync(wiring, parsed, ct));
        return command;
    }

    private static async Task<int> RunAsync(Wiring wiring, ParseResult parsed, CancellationToken ct)
    {
        var options = new LoadOptions(
            parsed.GetValue(Limits.Rate),
            parsed.GetValue(LoadDuration),
            parsed.GetValue(Clients),
            parsed.GetValue(Pipeline),
            parsed.GetValue(ValueSize),
            parsed.GetValue(Wait)
        );
        var limits = Limits.Of(parsed);
        if (options.Problems() is { IsEmpty: false } problems)
        {
            throw new BadInputException([.. problems]); // before a password is asked for
        }
        var targets = new TargetResolver(wiring);
        if (targets.NameOf(parsed).Release is not null)
        {
            throw new RefusedException("load", ThroughApiServer);
        }
        await using var session = targets.Open(parsed);
        var run = new LoadRun(session, options, wiring.Random);
        var result = await RunAsync(run, wiring.Terminal, ct);
        var verdict = result.Judge(limits);
        LoadOutput.Print(wiring.Terminal, CommonOptions.FormatOf(parsed), session.Target.Name, result, limits, verdict);
        return result.IsInterrupted ? ExitCode.Interrupted : ExitCodeOf(verdict);
    }

    private static async Task<LoadResult> RunAsync(LoadRun run, Terminal terminal, CancellationToken ct)
    {
        try
        {
            return await run.RunAsync(new LoadProgress(terminal), ct);
        }
        catch (OperationCanceledException e) when (ct.IsCancellationRequested)
        {
            throw new InterruptedException("interrupted before the first operation", e, ct);
        }
    }

    internal static int ExitCodeOf(LedgerVerdict verdict) =>
        verdict.Outcome switch
        {
            Verdict.Ok => ExitCode.Done,
            Verdict.Failed => ExitCode.Differences,
            _ => ExitCode.Failed,
        };
}
