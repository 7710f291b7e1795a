using System.Collections.Immutable;
using Slotwright.Core.Drills;
using Slotwright.Core.Failures;
using Slotwright.Core.Health;
using Slotwright.Core.Observing;
using Slotwright.Operations.Observing;
using Slotwright.Operations.Running;
using Slotwright.Operations.Targets;

namespace Slotwright.Operations.Drills;

/// <summary>
/// One drill: looks whether the cluster is well, says what it will do, puts load on, does the deed, brings back what it
/// hurt whatever happens, and looks again.
/// </summary>
public sealed class DrillRun(
    ClusterSession session,
    IClusterHost host,
    IFaults faults,
    DrillOptions options,
    IDrillTalk talk,
    Random random
)
{
    /// <summary>Bringing back must end, also after Ctrl-C.</summary>
    private static readonly TimeSpan CurePatience = TimeSpan.FromMinutes(2);

    /// <summary>A busy machine's server may miss one look.</summary>
    private static readonly TimeSpan Doubt = TimeSpan.FromSeconds(3);

    /// <summary>So long the cluster is watched after an operation has ended.</summary>
    private static readonly TimeSpan Aftermath = TimeSpan.FromSeconds(1);

    /// <param name="ct">
    /// Ends it early: what was hurt is brought back, what was done until then is judged, and the result says that it
    /// was interrupted.
    /// </param>
    /// <exception cref="RefusedException">The cluster is not well, the drill is not possible here, or not wanted.</exception>
    /// <exception cref="ClusterBusyException">Another drill goes on.</exception>
    /// <exception cref="OperationFailedException">The load could not begin.</exception>
    public async Task<DrillReport> RunAsync(CancellationToken ct)
    {
        if (options.Kind == DrillKind.Partition && await faults.WhyNoCutAsync(ct) is { } obstacle)
        {
            throw new RefusedException($"drill {options.Kind.Name()}", obstacle);
        }
        if (options.FreezesAgent && await faults.WhyNoFrozenAgentAsync(ct) is { } none)
        {
            throw new RefusedException($"drill {options.Kind.Name()}", none);
        }
        await using var journal = await faults.BeginDrillAsync($"drill {options.Kind.Name()}", ct);
        await CureWhatWasLeftAsync(journal, ct);
        var plan = DrillPlanner.Plan(options.Kind, await DemandWellAsync(ct), options.Times) with
        {
            Version = options.Version,
            FreezesAgent = options.FreezesAgent,
        };
        if (options.Kind.IsRolling())
        {
            await RollingDeed.DemandSomethingToDoAsync(session, host, plan, ct);
        }
        talk.Confirm(plan, options);
        return await RunAsync(plan, journal, ct);
    }

    private async Task<DrillReport> RunAsync(DrillPlan plan, IDrillJournal journal, CancellationToken ct)
    {
        var began = session.Time.GetUtcNow();
        var load = new LoadRun(session, LoadOf(plan), random);
        var start = new LoadStart(talk.Load);
        using var stopLoad = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var loading = load.RunAsync(start, stopLoad.Token);
        await Task.WhenAny(start.Begun, loading);
        if (!start.Begun.IsCompleted)
        {
            await loading; // it says why
        }
        var log = new DrillLog(session.Time, load.Began, talk);
        var watch = new RoleWatch(
            session,
            plan.Shards,
            (shard, member, address, at) =>
            {
                load.Promoted(plan.Shards[shard].Slots.Ranges[0].First, address, at);
                log.Promoted(member, plan.Shards[shard].Primary, at);
            }
        );
        using var stopWatch = new CancellationTokenSource();
        var watching = watch.RunAsync(stopWatch.Token);
        var stage = new DrillStage(session, host, faults, journal, plan, watch, log);
        string? trouble;
        LoadResult result;
        try
        {
            trouble = await DoAsync(stage, load, loading, ct);
            result = await loading;
        }
        finally
        {
            await stopLoad.CancelAsync();
            await ((Task)loading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await stopWatch.CancelAsync();
            await watching;
        }
        var roles = watch.Between(result.Began, session.Time.GetTimestamp());
        var (recovered, after) = await RecoverAsync(plan, journal, log, ct);
        return new DrillReport(
            plan,
            options,
            began,
            result,
            log.Events(),
            new DrillFacts(roles, stage.WithoutHeir, trouble, after),
            recovered
        );
    }

    /// <returns>Why the deed was not done to its end; null where it was.</returns>
    private async Task<string?> DoAsync(DrillStage stage, LoadRun load, Task loading, CancellationToken ct)
    {
        string? trouble = null;
        try
        {
            await stage.Log.UntilAsync(options.Times.Before, ct);
            await Deeds.DoAsync(stage, ct);
            await stage.Log.UntilAsync(options.Times.Duration - Aftermath, ct);
            await Task.WhenAny(loading, Task.Delay(Aftermath, session.Time, ct));
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // the result says so
        }
        catch (Exception e) when (Words(e) is { } words)
        {
            trouble = words;
        }
        trouble = await TryHealAsync(stage) ?? trouble;
        load.Finish();
        return trouble;
    }

    private async Task<string?> TryHealAsync(DrillStage stage)
    {
        using var patience = new CancellationTokenSource(CurePatience, session.Time);
        try
        {
            await stage.HealAsync(patience.Token);
            return null;
        }
        catch (OperationCanceledException)
        {
            return $"what was hurt could not be brought back within {CurePatience.TotalMinutes:0} minutes";
        }
        catch (Exception e) when (Words(e) is { } words)
        {
            return words;
        }
    }

    private static string? Words(Exception e) =>
        e is OperationFailedException or RefusedException or ClusterBusyException or BadInputException
            ? e.Message
            : null;

    private LoadOptions LoadOf(DrillPlan plan) =>
        LoadOptions.Default with
        {
            Rate = options.Rate,
            Duration = plan.Kind.IsOperation() ? options.OperationPatience : options.Times.Duration,
            WaitReplicas = plan.WaitReplicas,
            WaitClients = 1,
        };

    private async Task CureWhatWasLeftAsync(IDrillJournal journal, CancellationToken ct)
    {
        void Did(ImmutableArray<string> who, string what) => talk.Say(null, $"{string.Join(", ", who)}: {what}");

        if (journal.Read() is { } left)
        {
            talk.OfferCure(left);
            await Cure.RunAsync(host, faults, left, Did, ct);
            await RolesBackAsync(left.Primaries, Did, ct);
            journal.Clear();
            await WellAsync(options.RecoveryPatience, ct);
        }
    }

    /// <exception cref="RefusedException">Verify does not accept it.</exception>
    private async Task<Core.Cluster.Topology> DemandWellAsync(CancellationToken ct)
    {
        var (observation, checks, _) = await WellAsync(Doubt, ct);
        return HostChecks.Accepts(checks)
            ? observation.Topology
            : throw new RefusedException(
                $"drill {options.Kind.Name()}",
                [.. checks.Where(c => c.Verdict >= Verdict.Failed)]
            );
    }

    /// <summary>Roles back where they were, and verify; also after Ctrl-C.</summary>
    private async Task<(TimeSpan? After, ImmutableArray<Finding> Checks)> RecoverAsync(
        DrillPlan plan,
        IDrillJournal journal,
        DrillLog log,
        CancellationToken ct
    )
    {
        using var patience = new CancellationTokenSource(options.RecoveryPatience * 2, session.Time);
        var start = session.Time.GetTimestamp();
        string? trouble = null;
        try
        {
            talk.Say(
                null,
                ct.IsCancellationRequested ? "interrupted: brings the cluster back" : "waits until all are in sync"
            );
            var back = plan.Kind.IsRolling() ? [] : plan.Shards.Select(s => s.Primary);
            await RolesBackAsync([.. back], log.Did, patience.Token);
        }
        catch (OperationFailedException e)
        {
            trouble = e.Message;
        }
        catch (OperationCanceledException)
        {
            trouble = "members were not in sync in time";
        }
        try
        {
            var (_, checks, isWell) = await WellAsync(options.RecoveryPatience, patience.Token);
            if (trouble is null)
            {
                journal.Clear();
            }
            return (isWell ? session.Time.GetElapsedTime(start) : null, checks);
        }
        catch (Exception e) when (e is OperationFailedException or OperationCanceledException)
        {
            return (null, [Unknown(trouble ?? e.Message)]);
        }
    }

    private async Task RolesBackAsync(
        ImmutableArray<string> primaries,
        Action<ImmutableArray<string>, string> did,
        CancellationToken ct
    )
    {
        var members = await session.Target.ListMembersAsync(ct);
        await Task.WhenAll(members.Select(m => RoleMoves.UntilInSyncAsync(session, m.Name, ct)));
        await RoleMoves.BackAsync(session, primaries, did, ct);
    }

    private static Finding Unknown(string why) =>
        new("not-verified", Verdict.Unknown, "cluster", $"it could not be verified: {why}", "", "slotwright verify");

    private async Task<(Observation Observation, ImmutableArray<Finding> Checks, bool IsWell)> WellAsync(
        TimeSpan patience,
        CancellationToken ct
    )
    {
        var (observation, checks) = ((Observation?)null, ImmutableArray<Finding>.Empty);
        var isWell = await Wait.UntilAsync(
            async inner =>
            {
                observation = await session.ObserveAsync(inner);
                checks = await HostChecks.RunAsync(session, host, observation, inner);
                return HostChecks.Accepts(checks);
            },
            patience,
            session.Time,
            ct
        );
        return (observation!, checks, isWell);
    }
}
