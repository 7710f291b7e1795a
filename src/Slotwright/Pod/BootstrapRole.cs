using System.CommandLine;
using Slotwright.Core.Failures;
using Slotwright.Core.Planning;
using Slotwright.Kubernetes.Hosting;
using Slotwright.Operations.Bootstrap;
using Slotwright.Operations.Observing;
using Slotwright.Operations.Running;
using Slotwright.Operations.Targets;
using Slotwright.Output;

namespace Slotwright.Pod;

/// <summary>
/// <c>slotwright pod bootstrap</c>, the release's Job: forms the cluster of its members, goes on where an earlier one
/// was cut off, joins members that are new and empty, and does nothing where all is well.
/// </summary>
internal static class BootstrapRole
{
    /// <summary>Between two looks whether another Job is still at it.</summary>
    private static readonly TimeSpan BusyPause = TimeSpan.FromSeconds(1);

    public static Command Create(Wiring wiring)
    {
        var command = new Command("bootstrap", "form the release's cluster, or join its new members");
        command.SetAction(
            async (_, ct) =>
            {
                var log = new PodLog(wiring.Terminal, "bootstrap", wiring.Time);
                var environment = JobEnvironment.Read(wiring.Environment.GetValueOrDefault);
                var (host, session) = await ReleaseJob.OpenAsync(environment, environment.ZonesFromNodes, wiring, ct);
                await using (session)
                {
                    await RunAsync(session, host, environment.Wait, log, ct);
                    return ExitCode.Done;
                }
            }
        );
        return command;
    }

    /// <exception cref="ClusterBusyException">Another Job did not end in time.</exception>
    /// <exception cref="RefusedException">The members can't be made one cluster.</exception>
    internal static async Task<BootstrapReport> RunAsync(
        ClusterSession session,
        ReleaseHost host,
        TimeSpan wait,
        PodLog log,
        CancellationToken ct
    )
    {
        var observation = await new MembersAwaited(session, host, log, wait).RunAsync(ct);
        foreach (var told in await MemberZones.TellAsync(session, observation, ct))
        {
            log.Report($"zone of {told}");
        }
        var options = new BootstrapOptions
        {
            Show = plan =>
            {
                Say(plan, log);
                return true;
            },
        };
        var report = await InTurnAsync(
            () => new BootstrapOperation(session, host, options).RunAsync(ct),
            session.Time,
            wait,
            log,
            ct
        );
        foreach (var restored in report.Restored)
        {
            log.Report(restored);
        }
        log.Report(
            report.Plan.IsEmpty
                ? $"{host.Name} is formed already: nothing to do"
                : $"{host.Name} is formed, in {report.Elapsed.TotalSeconds:0.00} s"
        );
        return report;
    }

    /// <summary>Two Jobs at once: the second waits for the first, and finds its work done.</summary>
    private static async Task<BootstrapReport> InTurnAsync(
        Func<Task<BootstrapReport>> run,
        TimeProvider time,
        TimeSpan wait,
        PodLog log,
        CancellationToken ct
    )
    {
        BootstrapReport? report = null;
        ClusterBusyException? busy = null;
        await Wait.UntilAsync(
            async _ =>
            {
                try
                {
                    report = await run();
                    return true;
                }
                catch (ClusterBusyException e)
                {
                    if (busy is null)
                    {
                        log.Report($"{e.Message}: waits for it");
                    }
                    busy = e;
                    return false;
                }
            },
            wait,
            BusyPause,
            time,
            ct
        );
        return report ?? throw busy!;
    }

    private static void Say(Plan plan, PodLog log)
    {
        foreach (var stage in plan.Stages)
        {
            log.Report(stage.Title);
            foreach (var step in stage.Steps)
            {
                log.Report($"  {step.Describe()} ({step.Reason})");
            }
        }
        foreach (var note in plan.Notes)
        {
            log.Report($"{note.Subject}: {note.What}; {note.Why}{(note.Remedy.Length > 0 ? "; " + note.Remedy : "")}");
        }
    }
}
