using System.Collections.Concurrent;
using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Core.Planning;
using Slotwright.Operations.Targets;

namespace Slotwright.Operations.Running;

/// <summary>Applies a plan, stage by stage; the steps of a stage at the same time.</summary>
/// <param name="hooks">What somebody who watches is told; a hook that throws stops the plan there.</param>
public sealed class PlanRunner(StepContext context, IOperationLock held, RunHooks hooks)
{
    /// <summary>Where the operation tells agents of itself; null for one that they need not know of.</summary>
    public OperationMarks? Marks { get; init; }

    /// <exception cref="OperationFailedException">A step failed; those before it are done.</exception>
    /// <exception cref="ClusterBusyException">The lock was lost.</exception>
    public async Task RunAsync(Plan plan, CancellationToken ct)
    {
        var done = new ConcurrentQueue<Step>();
        foreach (var stage in plan.Stages)
        {
            if (hooks.BeforeStage is { } before)
            {
                await before(stage, ct);
            }
            hooks.StageStarts?.Invoke(stage);
            await MarkAsync([.. stage.Steps.SelectMany(s => s.TakesDown())], ct);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
            await Task.WhenAll(stage.Steps.Select(step => RunAsync(step, done, stop)));
        }
    }

    /// <summary>Agents replace no primary that the stage takes down; any other dead one they do.</summary>
    private async Task MarkAsync(ImmutableArray<NodeId> takenDown, CancellationToken ct)
    {
        if (Marks is not null)
        {
            await Marks.SetAsync(await context.Session.Target.ListMembersAsync(ct), takenDown, ct);
        }
    }

    private async Task RunAsync(Step step, ConcurrentQueue<Step> done, CancellationTokenSource stop)
    {
        try
        {
            await held.EnsureHeldAsync(stop.Token);
            var run =
                StepHandlers.Find(step) ?? throw new NotSupportedException($"no handler for {step.GetType().Name}");
            await run(context, stop.Token);
            done.Enqueue(step);
            if (hooks.AfterStep is { } after)
            {
                await after(step, stop.Token);
            }
        }
        catch (OperationFailedException e) when (e.Done is null)
        {
            await stop.CancelAsync();
            throw new OperationFailedException(
                $"{step.Describe()}: {e.Message}",
                e.Member,
                e.Command,
                done.IsEmpty ? "nothing before it" : $"{done.Count} steps before it",
                e.Next ?? "mend it and run the same command again: it goes on from here",
                e
            );
        }
        catch
        {
            await stop.CancelAsync();
            throw;
        }
    }
}
