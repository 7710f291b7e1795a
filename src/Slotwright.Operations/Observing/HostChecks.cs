using System.Collections.Immutable;
using Slotwright.Core.Health;
using Slotwright.Core.Observing;
using Slotwright.Operations.Bootstrap;
using Slotwright.Operations.Targets;

namespace Slotwright.Operations.Observing;

/// <summary>What <c>verify</c> finds of a host's cluster.</summary>
public static class HostChecks
{
    public static async Task<ImmutableArray<Finding>> RunAsync(
        ClusterSession session,
        IClusterHost host,
        Observation observation,
        CancellationToken ct
    )
    {
        var replicas = (await host.GetShapeAsync(ct)).ReplicasPerPrimary;
        ImmutableArray<Finding> checks =
        [
            .. ClusterChecks.Run(observation, new Expectation(replicas, AtLeast: false)),
            .. await SettingsLeftBehind.FindAsync(session, observation, ct),
            .. await RestartsCutOff.FindAsync(host, observation, ct),
        ];
        return Unfinished.First(observation, checks);
    }

    /// <summary>No check failed, and all could be made.</summary>
    public static bool Accepts(ImmutableArray<Finding> checks) => checks.All(c => c.Verdict < Verdict.Failed);
}
