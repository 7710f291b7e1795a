using Slotwright.Core.Drills;
using Slotwright.Core.Failures;
using Slotwright.Core.Health;
using Slotwright.Core.Planning;
using Slotwright.Core.Planning.Steps;
using Slotwright.Core.Planning.Waves;
using Slotwright.Operations.Observing;
using Slotwright.Operations.Running;
using Slotwright.Operations.Targets;
using Slotwright.Operations.Waves;

namespace Slotwright.Operations.Drills;

/// <summary>The operations that a drill rehearses in waves, as <c>restart --rolling</c> and <c>upgrade</c> do them.</summary>
internal static class RollingDeed
{
    /// <exception cref="RefusedException">There is nothing to do, or it would not be safe.</exception>
    public static async Task DemandSomethingToDoAsync(
        ClusterSession session,
        IClusterHost host,
        DrillPlan plan,
        CancellationToken ct
    )
    {
        var report = await Operation(session, host, plan, new ChangeOptions { DryRun = true }).RunAsync(ct);
        if (report.Change.Plan.IsEmpty)
        {
            throw new RefusedException(
                $"drill {plan.Kind.Name()}",
                new Finding(
                    "nothing-to-do",
                    Verdict.Failed,
                    host.Name,
                    $"every member runs Valkey {report.Target} already, or is kept back until the open upgrade is committed",
                    "nothing would be rehearsed",
                    "name another version with --valkey"
                )
            );
        }
    }

    public static Task DoAsync(DrillStage stage, CancellationToken ct) =>
        stage.OperateAsync(
            inner =>
                Operation(
                        stage.Session,
                        stage.Host,
                        stage.Plan,
                        new ChangeOptions { Hooks = new RunHooks { StageStarts = s => Told(stage.Log, s) } }
                    )
                    .RunAsync(inner),
            ct
        );

    private static RollingOperation Operation(
        ClusterSession session,
        IClusterHost host,
        DrillPlan plan,
        ChangeOptions options
    ) =>
        new(
            session,
            host,
            new RollingWish(
                plan.Kind == DrillKind.Upgrade ? RollingKind.Upgrade : RollingKind.Restart,
                plan.Version,
                new WaveWish { Operation = $"drill {plan.Kind.Name()}" }
            ),
            options
        );

    private static void Told(DrillLog log, Stage wave)
    {
        foreach (var step in wave.Steps)
        {
            switch (step)
            {
                case HandOver over:
                    log.Did([over.Member], $"is told to take over from {over.FromMember}");
                    break;
                case RestartMember restart:
                    log.Did([restart.Member], "restarts");
                    break;
                default:
                    break;
            }
        }
    }
}
