using System.Collections.Immutable;
using Slotwright.Core.Failures;
using Slotwright.Core.Health;
using Slotwright.Core.Observing;
using Slotwright.Core.Planning;
using Slotwright.Core.Planning.Waves;
using Slotwright.Core.Restarts;
using Slotwright.Core.Upgrades;
using Slotwright.Operations.Observing;
using Slotwright.Operations.Running;
using Slotwright.Operations.Targets;

namespace Slotwright.Operations.Waves;

/// <summary>
/// Brings a host's members to a revision in waves. Each begins only when the cluster is well; the first trouble stops
/// it, and the same command goes on from there.
/// </summary>
public sealed class RollingOperation(ClusterSession session, IClusterHost host, RollingWish wish, ChangeOptions options)
{
    /// <summary>How long a cluster may take to be well again after a wave whose members are in sync.</summary>
    public TimeSpan CalmDeadline { get; init; } = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan LookDeadline = TimeSpan.FromSeconds(5);

    private ImmutableArray<string> _kept = [];
    private RollingFacts? _facts;
    private bool _isFirst = true;

    /// <exception cref="RefusedException">It is not safe as the cluster stands; nothing was changed.</exception>
    /// <exception cref="OperationFailedException">It stopped: where, and why.</exception>
    public async Task<RollingReport> RunAsync(CancellationToken ct)
    {
        var facts = _facts = await FactsAsync(ct);
        await LookAsync(LookDeadline, ct);
        var change = new ChangeOperation(
            session,
            wish.Waves.Operation,
            Plan,
            options with
            {
                Prepare = PrepareAsync,
                Hooks = options.Hooks with { BeforeStage = DemandCalmAsync },
            }
        );
        return new RollingReport(await change.RunAsync(ct), facts.Target, _kept);
    }

    private async Task<RollingFacts> FactsAsync(CancellationToken ct)
    {
        var desired = await host.GetDesiredVersionAsync(ct);
        var target = wish.Kind switch
        {
            RollingKind.Upgrade => await host.FindVersionAsync(wish.Version!, ct),
            RollingKind.Rollback => await OlderVersionAsync(ct),
            _ => desired,
        };
        return new RollingFacts(wish.Kind, desired, target, IsDesired: false);
    }

    private async Task<Version> OlderVersionAsync(CancellationToken ct)
    {
        if (wish.Version is { } version)
        {
            return await host.FindVersionAsync(version, ct);
        }
        var versions = RollingPlanner.Versions(await session.ObserveAsync(ct));
        var oldest = versions.Values.Min();
        return oldest is not null && versions.Values.Any(v => FileFormats.IsOneWay(oldest, v))
            ? oldest
            : throw new RefusedException(
                wish.Waves.Operation,
                new Finding(
                    "none-kept",
                    Verdict.Failed,
                    session.Target.Name,
                    "no member runs an older version, so that nothing says which one to go back to",
                    "replicas of the old version are kept only until --commit",
                    "name it: slotwright upgrade --rollback --valkey VERSION"
                )
            );
    }

    private Plan Plan(Observation observation)
    {
        var decision = RollingPlanner.Plan(observation, _facts!, wish.Waves);
        _kept = decision.Kept;
        var plan = decision.Plan!;
        return plan.IsEmpty ? plan : plan with { Notes = [.. plan.Notes, .. Copies(observation)] };
    }

    /// <summary>A member that starts empty copies everything in any case, and the plan says so itself.</summary>
    private ImmutableArray<Finding> Copies(Observation observation) =>
        wish.Kind == RollingKind.Rollback ? [] : ResumeForecast.Of(observation, ResumeForecast.LocalPause, left: null);

    private async Task PrepareAsync(CancellationToken ct)
    {
        var seen = await session.ObserveAsync(ct);
        if (RollingPlanner.NeedsWish(seen.Topology, _facts!))
        {
            await host.DesireAsync(
                new MemberSpec(_facts!.Desired == _facts.Target ? null : wish.Version ?? _facts.Target.ToString())
                {
                    Returns = wish.Kind == RollingKind.Rollback,
                },
                ct
            );
        }
        _facts = _facts! with { IsDesired = true };
    }

    private async ValueTask DemandCalmAsync(Stage stage, CancellationToken ct)
    {
        var (seen, troubles) = await LookAsync(CalmDeadline, ct);
        _isFirst = false;
        if (troubles.IsEmpty && wish.Kind == RollingKind.Rollback)
        {
            troubles = NewerData.Refusals(seen, _facts!.Target);
        }
        if (!troubles.IsEmpty)
        {
            throw new OperationFailedException(
                $"stopped before '{stage.Title}': {string.Join("; ", troubles.Take(3).Select(t => $"{t.Subject}: {t.What}"))}",
                done: "all stages before it",
                next: $"{troubles[0].Remedy}{(troubles[0].Remedy.Length > 0 ? "; " : "")}run the same command again: it goes on from here"
            );
        }
    }

    /// <summary>Looks until all is well, or the time is over: a member that is busy may be late with its answer.</summary>
    private async Task<(Observation Seen, ImmutableArray<Finding> Troubles)> LookAsync(
        TimeSpan deadline,
        CancellationToken ct
    )
    {
        ImmutableArray<Finding> troubles = [];
        Observation? seen = null;
        await Wait.UntilAsync(
            async inner =>
            {
                seen = await session.ObserveAsync(inner);
                troubles = BringsBack(seen) ? [] : WaveTrouble.Of(seen);
                return troubles.IsEmpty;
            },
            deadline,
            session.Time,
            ct
        );
        return (seen!, troubles);
    }

    /// <summary>The first stage is there to mend what is amiss.</summary>
    private bool BringsBack(Observation seen) =>
        _isFirst && seen.Topology.Members.Values.Any(m => Outdated.IsDown(m, seen.Topology));
}
