using System.CommandLine;
using Slotwright.Core.Failures;
using Slotwright.Core.Health;
using Slotwright.Kubernetes.Targets;
using Slotwright.Operations.Bootstrap;
using Slotwright.Operations.Observing;
using Slotwright.Operations.Targets;
using Slotwright.Output;
using Slotwright.Targets;

namespace Slotwright.Commands;

/// <summary><c>slotwright bootstrap</c>: one cluster of a host's members.</summary>
internal static class BootstrapCommand
{
    public static Command Create(Wiring wiring)
    {
        var dryRun = new Option<bool>("--dry-run")
        {
            Description = "show the plan and stop; exit 2 where there is something to do",
        };
        var wait = DurationArgument.Option(
            "--wait",
            "how long every member may take to answer",
            TimeSpan.FromSeconds(30),
            TimeSpan.Zero,
            TimeSpan.FromHours(1)
        );
        var command = new Command(
            "bootstrap",
            "forms the cluster of the host's members, or goes on where it was cut off"
        )
        {
            dryRun,
            wait,
        };
        command.SetAction(
            async (parsed, ct) =>
            {
                await using var session = new TargetResolver(wiring).Open(parsed);
                var format = CommonOptions.FormatOf(parsed);
                var options = new BootstrapOptions
                {
                    DryRun = parsed.GetValue(dryRun),
                    MemberDeadline = parsed.GetValue(wait),
                };
                var report = await RunAsync(wiring, session, options, ct);
                if (options.DryRun)
                {
                    PlanOutput.Print(wiring.Terminal, format, report.Plan);
                    return report.Plan.IsEmpty ? ExitCode.Done : ExitCode.Differences;
                }
                BootstrapOutput.Print(wiring.Terminal, format, session.Target.Name, report);
                return ExitCode.Done;
            }
        );
        return command;
    }

    /// <summary>Shows the plan as talk, then applies it. What only creates never asks.</summary>
    /// <exception cref="RefusedException">The target has no host, or the members can't be made one cluster.</exception>
    internal static Task<BootstrapReport> RunAsync(
        Wiring wiring,
        ClusterSession session,
        BootstrapOptions options,
        CancellationToken ct
    ) =>
        new BootstrapOperation(
            session,
            Host(session.Target),
            options with
            {
                Show = plan =>
                {
                    if (!plan.IsEmpty)
                    {
                        PlanOutput.Show(wiring.Terminal, plan);
                    }
                    return true;
                },
            }
        ).RunAsync(ct);

    private static IClusterHost Host(IClusterTarget target) =>
        target as IClusterHost
        ?? throw new RefusedException(
            "bootstrap",
            new Finding(
                "no-host",
                Verdict.Failed,
                target.Name,
                target is KubernetesTarget
                    ? "the chart's own Job forms it"
                    : "nobody says which members the cluster is to have",
                "bootstrap needs a host",
                target is KubernetesTarget
                    ? "helm upgrade runs the Job again; its log says what it waits for"
                    : "name a local cluster with --name NAME"
            )
        );
}
