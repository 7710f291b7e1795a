using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Core.Health;
using Slotwright.Core.Observing;
using Slotwright.Core.Planning;
using Slotwright.Core.Planning.Bootstrap;
using Slotwright.Operations.Observing;
using Slotwright.Operations.Running;
using Slotwright.Operations.Targets;
using Slotwright.Valkey.Commands;

namespace Slotwright.Operations.Bootstrap;

/// <summary>Forms a cluster of a host's members, or goes on where an earlier attempt was cut off.</summary>
public sealed class BootstrapOperation(ClusterSession session, IClusterHost host, BootstrapOptions options)
{
    private static readonly TimeSpan CleanupBudget = TimeSpan.FromSeconds(5);

    /// <summary>Nodes give up a handshake after the node timeout.</summary>
    private static readonly TimeSpan AcquaintanceBudget = TimeSpan.FromSeconds(20);

    private readonly FormingSettings _settings = new(session);

    /// <exception cref="RefusedException">The members don't belong together, or hold data.</exception>
    /// <exception cref="OperationFailedException">A member did not answer, or the cluster did not come together in time.</exception>
    public async Task<BootstrapReport> RunAsync(CancellationToken ct)
    {
        await using var held = await host.LockAsync("bootstrap", ct);
        var start = session.Time.GetTimestamp();
        var (before, plan) = await DecideAsync(await host.GetShapeAsync(ct), ct);
        if (options.DryRun || !options.Show(plan))
        {
            return new BootstrapReport(plan, Applied: false, [], before, session.Time.GetElapsedTime(start));
        }
        ImmutableArray<Member> members = [.. before.Topology.Members.Values];
        var left = await _settings.RestoreAsync(members, ct);
        var after =
            plan.IsEmpty && Formed.Missing(before).IsEmpty
                ? before
                : await ApplyAsync(plan, before.Topology, members, held, ct);
        return new BootstrapReport(plan, Applied: true, left, after, session.Time.GetElapsedTime(start));
    }

    private async Task<Observation> AllAnsweredAsync(CancellationToken ct)
    {
        Observation? observation = null;
        var answered = await Wait.UntilAsync(
            async inner =>
            {
                observation = await session.ObserveAsync(inner);
                return observation.Views.All(v => v.Report is not null);
            },
            options.MemberDeadline,
            session.Time,
            ct
        );
        if (answered)
        {
            return observation!;
        }
        var silent = observation!.Views.Where(v => v.Report is null).ToArray();
        throw new OperationFailedException(
            $"{string.Join(", ", silent.Select(v => v.Member))} did not answer within {options.MemberDeadline.TotalSeconds:0} s: {silent[0].Unreachable}",
            member: silent[0].Member,
            done: "nothing: a cluster is only formed of all its members",
            next: "start it, or see its log, and run bootstrap again"
        );
    }

    /// <summary>
    /// Members that an attempt which was cut off has just told to meet look, for a moment, like two clusters: what is
    /// refused while nodes are still getting to know each other is looked at again.
    /// </summary>
    private async Task<(Observation Before, Plan Plan)> DecideAsync(ClusterShape shape, CancellationToken ct)
    {
        Observation? before = null;
        BootstrapDecision? decision = null;
        await Wait.UntilAsync(
            async inner =>
            {
                before = await AllAnsweredAsync(inner);
                decision = BootstrapPlanner.Plan(before.Topology, shape);
                return decision.Plan is not null || !before.Views.Any(v => v.Report is { IsMeeting: true });
            },
            AcquaintanceBudget,
            session.Time,
            ct
        );
        return decision!.Plan is { } plan
            ? (before!, ChangeOperation.Demand(plan, before!.Topology))
            : throw new RefusedException("bootstrap", [.. decision.Refusals]);
    }

    private async Task<Observation> ApplyAsync(
        Plan plan,
        Topology before,
        ImmutableArray<Member> members,
        IOperationLock held,
        CancellationToken ct
    )
    {
        Observation after;
        try
        {
            await _settings.HastenAsync(members, ct);
            await new PlanRunner(new StepContext(session, before), held, options.Hooks).RunAsync(plan, ct);
            var replicas = plan.Outcome(before).Nodes.Count(n => n is { IsPrimary: false, Member: not null });
            after = await new Settling(session, _settings, members, replicas).UntilFormedAsync(ct);
            await session.OnEachAsync(members, (_, connection) => connection.SaveConfigAsync(ct), ct);
        }
        catch
        {
            await RestoreAfterFailureAsync(members);
            throw;
        }
        await _settings.RestoreAsync(members, ct);
        return after;
    }

    /// <summary>What failed is what counts; a setting that stays is found by verify and put back by the next attempt.</summary>
    private async Task RestoreAfterFailureAsync(ImmutableArray<Member> members)
    {
        using var cleanup = new CancellationTokenSource(CleanupBudget, session.Time);
        try
        {
            await _settings.RestoreAsync(members, cleanup.Token);
        }
        catch (Exception e) when (e is OperationFailedException or OperationCanceledException) { }
    }
}
