using System.Collections.Concurrent;
using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Core.Observing;
using Slotwright.Core.Planning;
using Slotwright.Operations.Observing;
using Slotwright.Operations.Targets;

namespace Slotwright.Operations.Running;

/// <summary>
/// The way of every operation that changes a cluster: observe, plan, check, show, apply, verify. What is planned is a
/// pure function; killed at any moment and run again it goes on, since it observes anew.
/// </summary>
/// <param name="operation">Its name on the command line: <c>failover</c>.</param>
/// <param name="planner">From what is seen to a plan; throws where there can be none.</param>
public sealed class ChangeOperation(
    ClusterSession session,
    string operation,
    Func<Observation, Plan> planner,
    ChangeOptions options
)
{
    private static readonly TimeSpan RestartPatience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentQueue<HandOverTime> _handOvers = new();

    /// <exception cref="RefusedException">The plan would not be safe, or another operation is at work.</exception>
    /// <exception cref="ClusterBusyException">Another operation holds the lock.</exception>
    /// <exception cref="OperationFailedException">A step failed, or the cluster is not what was promised.</exception>
    public async Task<ChangeReport> RunAsync(CancellationToken ct)
    {
        await using var held = await session.Target.LockAsync(operation, ct);
        var start = session.Time.GetTimestamp();
        if (!options.DryRun)
        {
            await FinishRestartsAsync(ct);
        }
        var (before, plan) = await PlanAsync(ct);
        await using var haste = new JoiningHaste(session);
        if (options is { Joins: true, DryRun: false })
        {
            await haste.ClearAsync(before.Topology, ct);
        }
        if (plan.IsEmpty || options.DryRun)
        {
            return Report(applied: false, before);
        }
        options.Show(plan);
        if (options.Prepare is { } prepare)
        {
            await held.EnsureHeldAsync(ct);
            await prepare(ct);
            (before, plan) = await PlanAsync(ct);
        }
        ImmutableArray<Stage> done = [];
        for (var first = UntilNewNodes(plan); first != plan; first = UntilNewNodes(plan))
        {
            await ApplyAsync(first, before.Topology, held, ct);
            done = [.. done, .. first.Stages];
            (before, plan) = await PlanAsync(ct);
            DemandNews(first, plan);
        }
        await haste.BeginAsync(plan, before.Topology, ct);
        await ApplyAsync(plan, before.Topology, held, ct);
        var after = await VerifyAsync(before, plan, ct);
        await haste.EndAsync(ct);
        plan = plan with { Stages = [.. done, .. plan.Stages] };
        return Report(applied: true, after);

        ChangeReport Report(bool applied, Observation now) =>
            new(plan, applied, [.. _handOvers], now, session.Time.GetElapsedTime(start));
    }

    /// <summary>What can be applied of a plan before it has to be made anew, since nodes come whose ids nobody knows.</summary>
    private static Plan UntilNewNodes(Plan plan)
    {
        var last = plan
            .Stages.Index()
            .FirstOrDefault(s => s.Item.Steps.Any(step => step.BringsNodes), (-1, null!))
            .Index;
        return last < 0 || last == plan.Stages.Length - 1 ? plan : plan with { Stages = plan.Stages[..(last + 1)] };
    }

    private static void DemandNews(Plan applied, Plan now)
    {
        if (now.Stages.SelectMany(s => s.Steps).FirstOrDefault(s => s.BringsNodes) is { } again)
        {
            throw new OperationFailedException(
                $"{again.Describe()}: that was done, and has to be done again",
                done: $"{applied.Stages.Length} stages",
                next: "slotwright status shows who answers; run the same command again"
            );
        }
    }

    /// <exception cref="RefusedException">It would not be safe.</exception>
    public static Plan Demand(Plan plan, Topology before)
    {
        var broken = PlanChecker.Check(plan, before);
        return broken.IsEmpty ? plan : throw new RefusedException(plan.Operation, [.. broken]);
    }

    /// <summary>
    /// Nobody is to count on a member whose append-only file is not whole yet. What can't be finished in time is left to
    /// the steps, which ask again.
    /// </summary>
    private async Task FinishRestartsAsync(CancellationToken ct)
    {
        if (session.Target is not IClusterHost host)
        {
            return;
        }
        using var patience = new CancellationTokenSource(RestartPatience, session.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        try
        {
            await host.FinishRestartsAsync(either.Token);
        }
        catch (Exception e) when (e is OperationFailedException or OperationCanceledException)
        {
            ct.ThrowIfCancellationRequested();
            options.Told($"a restart that was cut off can't be finished: {e.Message}");
        }
    }

    private async Task<(Observation Before, Plan Plan)> PlanAsync(CancellationToken ct)
    {
        var before = await session.ObserveAsync(ct);
        if (!session.Target.HasLock)
        {
            await OthersAtWork.DemandNoneAsync(operation, session, before, options.MendsWhatIsOpen, ct);
        }
        if (options.LookCloser is { } look)
        {
            before = await look(before, ct);
        }
        return (before, Demand(planner(before), before.Topology));
    }

    private async Task ApplyAsync(Plan plan, Topology before, IOperationLock held, CancellationToken ct)
    {
        await using var marks = new OperationMarks(session, operation);
        var context = new StepContext(session, before)
        {
            HandedOver = _handOvers.Enqueue,
            Told = options.Told,
            Slots = options.Slots,
        };
        await new PlanRunner(context, held, options.Hooks) { Marks = marks }.RunAsync(plan, ct);
    }

    private async Task<Observation> VerifyAsync(Observation before, Plan plan, CancellationToken ct)
    {
        var promised = plan.Outcome(before.Topology);
        // what nodes do not agree on because some are new is over once they have joined
        var known = options.Joins || JoiningHaste.IsFor(plan) ? before with { Disagreements = [] } : before;
        Observation? now = null;
        ImmutableArray<string> missing = [];
        var isThere = await Wait.UntilAsync(
            async inner =>
            {
                now = await session.ObserveAsync(inner);
                missing = Promise.Missing(known, promised, now, isOfAll: !plan.OthersMayChange);
                return missing.IsEmpty;
            },
            options.VerifyDeadline,
            session.Time,
            ct
        );
        return isThere
            ? now!
            : throw new OperationFailedException(
                $"the cluster is not what was promised: {string.Join("; ", missing.Take(5))}"
                    + (missing.Length > 5 ? $"; and {missing.Length - 5} more" : ""),
                done: "all steps",
                next: "slotwright verify shows what is amiss; run the same command again: it looks anew"
            );
    }
}
