using System.CommandLine;
using Slotwright.Core.Health;
using Slotwright.Core.Observing;
using Slotwright.Core.Planning;
using Slotwright.Operations.Observing;
using Slotwright.Operations.Running;
using Slotwright.Output;
using Slotwright.Targets;

namespace Slotwright.Commands;

/// <summary>What every verb does that changes a cluster: show the plan, ask, apply it, say what became of it.</summary>
internal static class ChangeCommand
{
    public static Option<bool> DryRun() =>
        new("--dry-run") { Description = "show the plan and stop; exit 2 where there is something to do" };

    /// <param name="planner">From what is seen to a plan; throws where there can be none.</param>
    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync(
        Wiring wiring,
        ParseResult parsed,
        string operation,
        bool dryRun,
        Func<Observation, Plan> planner,
        CancellationToken ct
    ) => RunAsync(wiring, parsed, operation, new ChangeOptions { DryRun = dryRun }, planner, ct);

    /// <inheritdoc cref="RunAsync(Wiring, ParseResult, string, bool, Func{Observation, Plan}, CancellationToken)"/>
    /// <param name="options">How it is run; what it shows and tells is set here.</param>
    public static async Task<int> RunAsync(
        Wiring wiring,
        ParseResult parsed,
        string operation,
        ChangeOptions options,
        Func<Observation, Plan> planner,
        CancellationToken ct
    )
    {
        await using var session = new TargetResolver(wiring).Open(parsed);
        return await RunAsync(wiring, parsed, session, operation, options, planner, ct);
    }

    /// <inheritdoc cref="RunAsync(Wiring, ParseResult, string, ChangeOptions, Func{Observation, Plan}, CancellationToken)"/>
    public static async Task<int> RunAsync(
        Wiring wiring,
        ParseResult parsed,
        ClusterSession session,
        string operation,
        ChangeOptions options,
        Func<Observation, Plan> planner,
        CancellationToken ct
    )
    {
        var (terminal, format) = (wiring.Terminal, CommonOptions.FormatOf(parsed));
        options = options with
        {
            Show = plan => Confirm(terminal, session.Target.Name, plan, parsed.GetValue(CommonOptions.Yes)),
            Hooks = options.Hooks with { StageStarts = stage => terminal.Error.WriteLine($"{stage.Title} ...") },
            Told = terminal.Error.WriteLine,
        };
        var change = new ChangeOperation(session, operation, PlanOfWhatAnswers, options);
        var report = await change.RunAsync(ct);
        if (options.DryRun)
        {
            PlanOutput.Print(terminal, format, report.Plan);
            return report.Plan.IsEmpty ? ExitCodeOf(report.Plan) : ExitCode.Differences;
        }
        ChangeOutput.Print(terminal, format, session.Target.Name, report);
        return ExitCodeOf(report.Plan);

        Plan PlanOfWhatAnswers(Observation observation)
        {
            Answers.Demand(observation);
            return planner(observation);
        }
    }

    public static void Confirm(Terminal terminal, string target, Plan plan, bool yes)
    {
        PlanOutput.Show(terminal, plan);
        new Confirmation(terminal).Demand(plan.Operation, $"apply this to {target}?", yes);
    }

    /// <summary>What was wanted and can't be had is a finding, though all that can be is done.</summary>
    private static int ExitCodeOf(Plan plan) =>
        plan.Notes.Any(n => n.Verdict > Verdict.Warning) ? ExitCode.Differences : ExitCode.Done;
}
