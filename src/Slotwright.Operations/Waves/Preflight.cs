using System.Collections.Immutable;
using Slotwright.Core.Failures;
using Slotwright.Core.Health;
using Slotwright.Core.Health.Preflight;
using Slotwright.Core.Observing;
using Slotwright.Core.Planning.Waves;
using Slotwright.Core.Restarts;
using Slotwright.Core.Upgrades;
using Slotwright.Operations.Observing;
using Slotwright.Operations.Targets;

namespace Slotwright.Operations.Waves;

/// <summary>What has to be so before members restart in waves; changes nothing.</summary>
public sealed class Preflight(ClusterSession session, IClusterHost host)
{
    /// <param name="version">Of an upgrade; null for a restart.</param>
    public async Task<ImmutableArray<Finding>> RunAsync(string? version, CancellationToken ct)
    {
        var observation = await session.ObserveAsync(ct);
        var desired = await host.GetDesiredVersionAsync(ct);
        var target = version is null ? desired : await host.FindVersionAsync(version, ct);
        var replicas = await host.GetReplicasWantedAsync(ct);
        return
        [
            .. ClusterChecks.Run(
                observation,
                (replicas is { } number ? new Expectation(number, AtLeast: false) : Expectation.OneReplica) with
                {
                    Former = Former.Host,
                }
            ),
            await NobodyAtWorkAsync(ct),
            .. VersionReadable.Run(observation, desired, target),
            .. BacklogFits.Run(observation),
            .. ResumeForecast.Of(observation, ResumeForecast.LocalPause, left: null),
            .. DiskRoomLeft.Run(observation, await host.GetDiskRoomAsync(ct)),
            .. Takers(
                observation,
                new RollingFacts(
                    version is null ? RollingKind.Restart : RollingKind.Upgrade,
                    desired,
                    target,
                    IsDesired: false
                )
            ),
        ];
    }

    private async Task<Finding> NobodyAtWorkAsync(CancellationToken ct)
    {
        try
        {
            await using var held = await host.LockAsync("preflight", ct);
            return new Finding("no-other-operation", Verdict.Ok, "cluster", "no other operation is at work", "", "");
        }
        catch (ClusterBusyException e)
        {
            return new Finding(
                "operation-at-work",
                Verdict.Failed,
                "cluster",
                e.Message,
                "one operation at a time",
                "wait for it"
            );
        }
    }

    /// <summary>What a plan would be refused for.</summary>
    private static IEnumerable<Finding> Takers(Observation observation, RollingFacts facts)
    {
        const string Code = "plan-in-waves";
        try
        {
            var plan = RollingPlanner.Plan(observation, facts, WaveWish.Default).Plan!;
            return
            [
                new Finding(
                    Code,
                    Verdict.Ok,
                    "cluster",
                    plan.IsEmpty ? "every member is at its desired revision"
                        : plan.Stages.Length == 1 ? "1 stage would do"
                        : $"{plan.Stages.Length} stages would do",
                    "",
                    ""
                ),
            ];
        }
        catch (RefusedException e)
        {
            return e.Findings.Where(f =>
                f.Code is "no-taker" or "no-majority-left" or "upgrade-open" or "rollback-open" or "member-unknown"
            );
        }
    }
}
