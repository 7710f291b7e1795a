using System.CommandLine;
using Slotwright.Core.Observing;
using Slotwright.Core.Planning;
using Slotwright.Core.Planning.Recovery;
using Slotwright.Operations.Observing;
using Slotwright.Operations.Running;
using Slotwright.Operations.Targets;
using Slotwright.Output;
using Slotwright.Targets;

namespace Slotwright.Commands;

/// <summary><c>slotwright recover</c>: shards that nothing brings back by itself.</summary>
internal static class RecoverCommand
{
    private static readonly Option<string?> Way = MakeWay();

    private static readonly Option<string?> Shard = new("--shard")
    {
        Description = "only this shard, by a member's name, slot:N or key:NAME (default: all that the way is open to)",
        HelpName = "SHARD",
    };

    private static readonly Option<string?> To = new("--to")
    {
        Description = "with take-over: the replica that is to do it (default: the one that has received most)",
        HelpName = "MEMBER",
    };

    private static readonly Option<bool> AcceptLoss = new("--accept-loss")
    {
        Description = "what the way is said to lose may be lost",
    };

    public static Command Create(Wiring wiring)
    {
        var dryRun = ChangeCommand.DryRun();
        var command = new Command(
            "recover",
            "shows the ways out where a majority of primaries is gone, members are held back, or all of a shard is lost, and what each loses; --way takes one"
        )
        {
            Way,
            Shard,
            To,
            AcceptLoss,
            dryRun,
        };
        command.SetAction(
            (parsed, ct) =>
            {
                var way = parsed.GetValue(Way);
                var wish = new RecoveryWish(
                    way is null ? null : RecoveryWays.Parse(way),
                    parsed.GetValue(Shard),
                    parsed.GetValue(To),
                    parsed.GetValue(AcceptLoss)
                );
                return wish.Way is null
                    ? LookAsync(wiring, parsed, wish, ct)
                    : TakeAsync(wiring, parsed, wish, parsed.GetValue(dryRun), ct);
            }
        );
        return command;
    }

    private static Option<string?> MakeWay()
    {
        var option = new Option<string?>("--way")
        {
            Description = "the way to take: take-over, own-data or from-nothing (default: show the ways and stop)",
            HelpName = "WAY",
        };
        option.AcceptOnlyFromAmong([.. RecoveryWays.Taken.Select(w => w.Word())]);
        return option;
    }

    /// <summary>Looks only, without the lock: also where nothing can be changed from here.</summary>
    private static async Task<int> LookAsync(Wiring wiring, ParseResult parsed, RecoveryWish wish, CancellationToken ct)
    {
        await using var session = new TargetResolver(wiring).Open(parsed);
        var seen = await session.ObserveAsync(ct);
        Answers.Demand(seen);
        var report = RecoveryPlanner.Of(RecoveryJudge.Of(seen, await FactsAsync(session, ct)), seen.Topology, wish);
        RecoverOutput.Print(
            wiring.Terminal,
            CommonOptions.FormatOf(parsed),
            session.Target.Name,
            report,
            TypedCommand.For(session.Target.Name, seen, await session.GetCredentialsAsync(ct) is not null)
        );
        return report.Problems.IsEmpty ? ExitCode.Done : ExitCode.Differences;
    }

    private static async Task<int> TakeAsync(
        Wiring wiring,
        ParseResult parsed,
        RecoveryWish wish,
        bool dryRun,
        CancellationToken ct
    )
    {
        await using var session = new TargetResolver(wiring).Open(parsed);
        var (terminal, format, target) = (wiring.Terminal, CommonOptions.FormatOf(parsed), session.Target.Name);
        var facts = await FactsAsync(session, ct);
        var hasPassword = await session.GetCredentialsAsync(ct) is not null;
        var before = new RecoveryReport(0, 0, []);
        Func<string, string> typed = static command => command;
        var options = new ChangeOptions
        {
            DryRun = dryRun,
            Show = plan =>
            {
                RecoverOutput.Show(terminal, target, before, typed);
                ChangeCommand.Confirm(terminal, target, plan, parsed.GetValue(CommonOptions.Yes));
            },
            Hooks = RunHooks.None with { StageStarts = stage => terminal.Error.WriteLine($"{stage.Title} ...") },
        };
        var change = await new ChangeOperation(session, RecoveryPlanner.Operation, PlanOf, options).RunAsync(ct);
        if (!change.Applied)
        {
            RecoverOutput.Print(terminal, format, target, before, typed, change.Plan);
            return change.Plan.IsEmpty && before.Problems.IsEmpty ? ExitCode.Done : ExitCode.Differences;
        }
        var left = RecoveryJudge.Of(change.After, facts);
        RecoverOutput.Done(terminal, format, target, left, change, typed);
        return left.Problems.IsEmpty ? ExitCode.Done : ExitCode.Differences;

        Plan PlanOf(Observation seen)
        {
            Answers.Demand(seen);
            before = RecoveryJudge.Of(seen, facts);
            typed = TypedCommand.For(target, seen, hasPassword);
            return RecoveryPlanner.Plan(before, seen.Topology, facts, wish);
        }
    }

    private static async Task<RecoveryFacts> FactsAsync(ClusterSession session, CancellationToken ct) =>
        session.Target is IClusterHost host
            ? new RecoveryFacts(HasHost: true, await host.ReadDisksAsync(ct))
            : RecoveryFacts.None;
}
