using System.Collections.Immutable;
using System.CommandLine;
using Slotwright.Core.Failures;
using Slotwright.Core.Health;
using Slotwright.Local.Machine;
using Slotwright.Local.Servers;
using Slotwright.Local.State;
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
            "whether this machine is fit for clusters: limits, memory, ports, versions, with a remedy each"
        );
        command.SetAction(
            async (parsed, ct) =>
            {
                ImmutableArray<Finding> checks =
                [
                    .. await MachineDoctor.ExamineAsync(
                        StateRoot.From(name => wiring.Environment.GetValueOrDefault(name)),
                        new ServerLocator(
                            ServerPlaces.FromEnvironment(name => wiring.Environment.GetValueOrDefault(name)),
                            wiring.Time
                        ),
                        ct
                    ),
                    .. await ClusterAsync(new TargetResolver(wiring), parsed, ct),
                ];
                DoctorOutput.Print(wiring.Terminal, CommonOptions.FormatOf(parsed), checks);
                return VerifyCommand.ExitCodeOf(checks);
            }
        );
        return command;
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
        try
        {
            return [VersionChecks.Run(session.Target.Name, await session.ObserveAsync(ct))];
        }
        catch (OperationFailedException e)
        {
            return
            [
                new(
                    "cluster-versions",
                    Verdict.Warning,
                    session.Target.Name,
                    e.Message,
                    "its versions are not known",
                    e.Next ?? "slotwright status"
                ),
            ];
        }
    }
}
