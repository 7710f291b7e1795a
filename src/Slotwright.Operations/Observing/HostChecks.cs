using System.Collections.Immutable;
using Slotwright.Core.Health;
using Slotwright.Core.Observing;
using Slotwright.Operations.Bootstrap;
using Slotwright.Operations.Targets;

namespace Slotwright.Operations.Observing;

/// <summary>What <c>verify</c> finds of a cluster, and of how its host has left it.</summary>
public static class HostChecks
{
    /// <inheritdoc cref="RunAsync(ClusterSession, Observation, Expectation, CancellationToken)"/>
    public static async Task<ImmutableArray<Finding>> RunAsync(
        ClusterSession session,
        IClusterHost host,
        Observation observation,
        CancellationToken ct
    )
    {
        var replicas = (await host.GetShapeAsync(ct)).ReplicasPerPrimary;
        return await RunAsync(session, observation, new Expectation(replicas, AtLeast: false), ct);
    }

    /// <summary>One finding a check that holds, and one for each thing that does not.</summary>
    public static async Task<ImmutableArray<Finding>> RunAsync(
        ClusterSession session,
        Observation observation,
        Expectation wanted,
        CancellationToken ct
    )
    {
        ImmutableArray<Finding> checks =
        [
            .. ClusterChecks.Run(observation, wanted),
            .. await SettingsLeftBehind.FindAsync(session, observation, ct),
        ];
        return session.Target is IClusterHost host
            ? Unfinished.First(observation, [.. checks, .. await RestartsCutOff.FindAsync(host, observation, ct)])
            : checks;
    }

    /// <summary>No check failed, and all could be made.</summary>
    public static bool Accepts(ImmutableArray<Finding> checks) => checks.All(c => c.Verdict < Verdict.Failed);
}
