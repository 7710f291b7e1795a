using System.CommandLine;
using Slotwright.Core.Failures;
using Slotwright.Core.Health;
using Slotwright.Core.Planning;
using Slotwright.Core.Planning.Waves;
using Slotwright.Kubernetes.Targets;
using Slotwright.Local.Hosting;
using Slotwright.Operations.Running;
using Slotwright.Operations.Targets;
using Slotwright.Operations.Waves;
using Slotwright.Output;
using Slotwright.Targets;

namespace Slotwright.Commands;

/// <summary>What commands that restart members in waves have in common.</summary>
internal sealed class RollingOptions
{
    private readonly Option<int?> _maxParallel = NumberArgument.Optional(
        "--max-parallel",
        "members that are away at the same time (default: as many as is safe)",
        1,
        1000
    );

    private readonly Option<bool> _acrossZones = new("--across-zones")
    {
        Description = "a wave may take members of several zones (default: one zone at a time)",
    };

    private readonly Option<bool> _allowDowntime = new("--allow-downtime")
    {
        Description = "slots that no replica can take over may be away while their primary restarts",
    };

    private readonly Option<bool> _dryRun = ChangeCommand.DryRun();

    public void AddTo(Command command)
    {
        command.Options.Add(_maxParallel);
        command.Options.Add(_acrossZones);
        command.Options.Add(_allowDowntime);
        command.Options.Add(_dryRun);
    }

    public async Task<int> RunAsync(
        Wiring wiring,
        ParseResult parsed,
        string operation,
        RollingKind kind,
        string? version,
        CancellationToken ct
    )
    {
        var targets = new TargetResolver(wiring);
        await using var session = targets.Open(parsed);
        var host = Host(session.Target, operation);
        if (host is LocalHost local)
        {
            local.Talk = new TalkProgress(wiring.Terminal);
        }
        var isDry = parsed.GetValue(_dryRun);
        var format = CommonOptions.FormatOf(parsed);
        var progress = new WaveProgress(wiring.Terminal, wiring.Time);
        var report = await new RollingOperation(
            session,
            host,
            new RollingWish(
                kind,
                version,
                new WaveWish
                {
                    Operation = operation,
                    MaxParallel = parsed.GetValue(_maxParallel),
                    AcrossZones = parsed.GetValue(_acrossZones),
                    AllowDowntime = parsed.GetValue(_allowDowntime),
                }
            ),
            new ChangeOptions
            {
                DryRun = isDry,
                Show = plan => Show(wiring, host.Name, plan, parsed.GetValue(CommonOptions.Yes)),
                Hooks = new RunHooks { StageStarts = progress.Starts },
                Told = wiring.Terminal.Error.WriteLine,
            }
        ).RunAsync(ct);
        if (isDry)
        {
            PlanOutput.Print(wiring.Terminal, format, report.Change.Plan);
            return report.Change.Plan.IsEmpty ? ExitCode.Done : ExitCode.Differences;
        }
        RollingOutput.Print(wiring.Terminal, format, host.Name, kind, report);
        return ExitCode.Done;
    }

    private static void Show(Wiring wiring, string target, Plan plan, bool yes)
    {
        PlanOutput.Show(wiring.Terminal, plan);
        new Confirmation(wiring.Terminal).Demand(plan.Operation, $"{plan.Operation} {target} like this?", yes);
    }

    /// <exception cref="RefusedException">Nobody can restart its members.</exception>
    internal static IClusterHost Host(IClusterTarget target, string operation) =>
        target as IClusterHost
        ?? throw new RefusedException(
            operation,
            new Finding(
                "no-host",
                Verdict.Failed,
                target.Name,
                "its members can't be started and ended from here",
                $"{operation} needs a host that ends and starts them",
                target is KubernetesTarget
                    ? "helm upgrade, or kubectl rollout restart statefulset: pods hand over before they go"
                    : "name a local cluster with --name NAME"
            )
        );
}
