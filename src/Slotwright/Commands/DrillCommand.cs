using System.CommandLine;
using Slotwright.Core.Drills;
using Slotwright.Core.Failures;
using Slotwright.Core.Health;
using Slotwright.Local.Hosting;
using Slotwright.Operations.Drills;
using Slotwright.Operations.Targets;
using Slotwright.Output;
using Slotwright.Targets;

namespace Slotwright.Commands;

/// <summary><c>slotwright drill</c>: a failure is rehearsed under load, and scored.</summary>
internal static class DrillCommand
{
    private static readonly LedgerLimitOptions Limits = new(
        "of those that WAIT had confirmed, without replicas of all"
    );

    private static readonly Argument<string> Drill = MakeDrill();

    private static readonly Option<TimeSpan> DrillDuration = DurationArgument.Option(
        "--duration",
        "how long load is put on; of rolling-restart, upgrade and whole-restart at least",
        DrillOptions.DefaultDuration,
        DrillOptions.ShortestDuration,
        DrillOptions.LongestDuration
    );

    private static readonly Option<TimeSpan?> RestartAfter = DurationArgument.Optional(
        "--restart-after",
        "how long after the kill members are started again (default: when others have taken over)",
        TimeSpan.Zero,
        DrillOptions.LongestDuration
    );

    private static readonly Option<string?> Valkey = new("--valkey")
    {
        Description = "the version of an upgrade, as slotwright upgrade takes it",
        HelpName = "VERSION",
    };

    private static readonly Option<bool> FreezeAgent = new("--freeze-agent")
    {
        Description = "of a partition: the agent of the member that is cut off freezes (SIGSTOP) at that moment",
    };

    private static readonly Option<DirectoryInfo?> Report = new("--report")
    {
        Description = "folder that takes a page with pictures, NAME.html, and the same as JSON, NAME.json",
        HelpName = "DIR",
        CustomParser = result =>
        {
            if (result.Tokens is [{ Value: { Length: > 0 } folder }])
            {
                return new DirectoryInfo(folder);
            }
            result.AddError("--report: '' can't be used; name a folder");
            return null;
        },
    };

    public static Command Create(Wiring wiring)
    {
        var command = new Command(
            "drill",
            "rehearses a failure under load and scores it; exit 2 where a limit was broken"
        )
        {
            Drill,
            DrillDuration,
            Limits.Rate,
            RestartAfter,
            Valkey,
            FreezeAgent,
            Report,
        };
        Limits.AddLimitsTo(command);
        command.SetAction((parsed, ct) => RunAsync(wiring, parsed, ct));
        return command;
    }

    private static async Task<int> RunAsync(Wiring wiring, ParseResult parsed, CancellationToken ct)
    {
        var kind = DrillKinds.Find(parsed.GetValue(Drill))!.Value; // the parser takes no other
        var duration = parsed.GetValue(DrillDuration);
        var options = new DrillOptions(
            kind,
            new DrillTimes(duration, parsed.GetValue(RestartAfter)),
            parsed.GetValue(Limits.Rate),
            Limits.Of(parsed)
        )
        {
            Version = VersionOf(parsed, kind),
            FreezesAgent = FreezesAgent(parsed, kind),
        };
        await using var session = new TargetResolver(wiring).Open(parsed);
        if (session.Target is not (IClusterHost host and IFaults faults))
        {
            throw new RefusedException($"drill {kind.Name()}", NoFaults(session.Target.Name));
        }
        if (host is LocalHost local)
        {
            local.Talk = new TalkProgress(wiring.Terminal);
        }
        var folder = parsed.GetValue(Report) is { } chosen ? new DrillFolder(chosen.FullName) : null;
        folder?.Make();
        var talk = new DrillTalk(wiring.Terminal, session.Target.Name, parsed.GetValue(CommonOptions.Yes));
        var run = new DrillRun(session, host, faults, options, talk, wiring.Random);
        var report = await run.RunAsync(ct);
        var document = DrillDocument.Of(session.Target.Name, report);
        folder?.Write(document, DrillPage.Of(session.Target.Name, report));
        DrillOutput.Print(wiring.Terminal, CommonOptions.FormatOf(parsed), report, document, folder);
        return report.Load.IsInterrupted ? ExitCode.Interrupted : LoadCommand.ExitCodeOf(report.Verdict);
    }

    private static string? VersionOf(ParseResult parsed, DrillKind kind) =>
        (parsed.GetValue(Valkey), kind) switch
        {
            (null, DrillKind.Upgrade) => throw new BadInputException(
                new Problem("--valkey", "an upgrade goes to a version, and none is named", "add --valkey VERSION")
            ),
            (not null, not DrillKind.Upgrade) => throw new BadInputException(
                new Problem("--valkey", $"{kind.Name()} goes to no other version", "leave it out")
            ),
            var (version, _) => version,
        };

    private static bool FreezesAgent(ParseResult parsed, DrillKind kind) =>
        parsed.GetValue(FreezeAgent) && kind != DrillKind.Partition
            ? throw new BadInputException(
                new Problem("--freeze-agent", $"{kind.Name()} cuts nobody off", "leave it out, or drill partition")
            )
            : parsed.GetValue(FreezeAgent);

    private static Finding NoFaults(string target) =>
        new(
            "no-faults",
            Verdict.Failed,
            target,
            "its members can't be killed, paused or cut off from here",
            "a drill needs a host that it may hurt",
            "name a local cluster with --name NAME; on Kubernetes, delete a pod while slotwright load runs in another"
        );

    private static Argument<string> MakeDrill()
    {
        var names = DrillKinds.All.Select(k => k.Name()).ToArray();
        var argument = new Argument<string>("DRILL") { Description = $"what is rehearsed: {string.Join(", ", names)}" };
        argument.AcceptOnlyFromAmong(names);
        return argument;
    }
}
