using System.Collections.Immutable;
using System.CommandLine;
using Slotwright.Core.Health;
using Slotwright.Kubernetes.Targets;
using Slotwright.Operations.Observing;
using Slotwright.Operations.Targets;
using Slotwright.Output;
using Slotwright.Targets;

namespace Slotwright.Commands;

/// <summary><c>slotwright verify</c>: whether a cluster is what it should be.</summary>
internal static class VerifyCommand
{
    public static Command Create(Wiring wiring)
    {
        var replicas = NumberArgument.Optional(
            "--replicas-per-primary",
            "replicas that every shard should have (default: the host's or release's count, on nodes: at least one)",
            0,
            100
        );
        var command = new Command("verify", "exit 0 only if the cluster is what it should be") { replicas };
        command.SetAction(
            async (parsed, ct) =>
            {
                await using var session = new TargetResolver(wiring).Open(parsed);
                var observation = await session.ObserveAsync(ct);
                Answers.Demand(observation);
                var wanted = await ExpectedAsync(session.Target, parsed.GetValue(replicas), ct);
                var checks = await HostChecks.RunAsync(session, observation, wanted, ct);
                var survival = Survival.Of(observation.Topology);
                VerifyOutput.Print(
                    wiring.Terminal,
                    CommonOptions.FormatOf(parsed),
                    session.Target.Name,
                    checks,
                    survival
                );
                return ExitCodeOf(checks);
            }
        );
        return command;
    }

    internal static int ExitCodeOf(ImmutableArray<Finding> checks) =>
        checks.Any(c => c.Verdict == Verdict.Unknown) ? ExitCode.Failed
        : checks.Any(c => c.Verdict == Verdict.Failed) ? ExitCode.Differences
        : ExitCode.Done;

    private static async ValueTask<Expectation> ExpectedAsync(
        IClusterTarget target,
        int? replicas,
        CancellationToken ct
    ) =>
        (
            (replicas ?? await target.GetReplicasWantedAsync(ct)) is { } number
                ? new Expectation(number, AtLeast: false)
                : Expectation.OneReplica
        ) with
        {
            Former = target switch
            {
                IClusterHost => Former.Host,
                KubernetesTarget => Former.Chart,
                _ => Former.Nobody,
            },
        };
}
