using System.Collections.Immutable;
using System.CommandLine;
using Slotwright.Core.Failures;
using Slotwright.Core.Health;
using Slotwright.Kubernetes.Checks;
using Slotwright.Kubernetes.Targets;
using Slotwright.Local.Machine;
using Slotwright.Local.Servers;
using Slotwright.Local.State;
using Slotwright.Operations.Observing;
using Slotwright.Output;
using Slotwright.Targets;

namespace Slotwright.Commands;

/// <summary><c>slotwright doctor</c>: whether clusters run well on this machine, and what to do where not.</summary>
internal static class DoctorCommand
{
    public static Command Create(Wiring wiring)
    {
        var command = new Command(
            "doctor",
            "whether this machine is fit for clusters (limits, memory, ports, versions), or what a k8s: release lacks, with a remedy each"
        );
        command.SetAction(
            async (parsed, ct) =>
            {
                var targets = new TargetResolver(wiring);
                ImmutableArray<Finding> checks = targets.NameOf(parsed).Release is null
                    ? [.. await MachineAsync(wiring, ct), .. await ClusterAsync(targets, parsed, ct)]
                    : await ReleaseAsync(targets, parsed, ct);
                DoctorOutput.Print(wiring.Terminal, CommonOptions.FormatOf(parsed), checks);
                return VerifyCommand.ExitCodeOf(checks);
            }
        );
        return command;
    }

    private static Task<ImmutableArray<Finding>> MachineAsync(Wiring wiring, CancellationToken ct) =>
        MachineDoctor.ExamineAsync(
            StateRoot.From(name => wiring.Environment.GetValueOrDefault(name)),
            new ServerLocator(
                ServerPlaces.FromEnvironment(name => wiring.Environment.GetValueOrDefault(name)),
                wiring.Time
            ),
            ct
        );

    /// <summary>A release on Kubernetes: this machine has nothing to do with it.</summary>
    private static async Task<ImmutableArray<Finding>> ReleaseAsync(
        TargetResolver targets,
        ParseResult parsed,
        CancellationToken ct
    )
    {
        await using var session = targets.Open(parsed);
        return
        [
            .. await ReleaseDoctor.ExamineAsync((KubernetesTarget)session.Target, ct),
            await VersionsAsync(session, ct),
        ];
    }

    /// <summary>The cluster that is named, or the default one where it is there.</summary>
    private static async Task<ImmutableArray<Finding>> ClusterAsync(
        TargetResolver targets,
        ParseResult parsed,
        CancellationToken ct
    )
    {
        if (targets.IsAbsent(parsed))
        {
            return [];
        }
        await using var session = targets.Open(parsed);
        return [await VersionsAsync(session, ct)];
    }

    private static async Task<Finding> VersionsAsync(ClusterSession session, CancellationToken ct)
    {
        try
        {
            return VersionChecks.Run(session.Target.Name, await session.ObserveAsync(ct));
        }
        catch (OperationFailedException e)
        {
            return new(
                "cluster-versions",
                Verdict.Warning,
                session.Target.Name,
                e.Message,
                "its versions are not known",
                e.Next ?? "slotwright status"
            );
        }
    }
}
