using System.Collections.Concurrent;
using Slotwright.Core.Failures;
using Slotwright.Core.Planning;
using Slotwright.Operations.Targets;

namespace Slotwright.Operations.Running;

/// <summary>Applies a plan, stage by stage; the steps of a stage at the same time.</summary>
/// <param name="hooks">What somebody who watches is told; a hook that throws stops the plan there.</param>
public sealed class PlanRunner(StepContext context, IOperationLock held, RunHooks hooks)
{
    /// <exception cref="OperationFailedException">A step failed; those before it are done.</exception>
    /// <exception cref="ClusterBusyException">The lock was lost.</exception>
    public async Task RunAsync(Plan plan, CancellationToken ct)
    {
        var done = new ConcurrentQueue<Step>();
        foreach (var stage in plan.Stages)
        {
            hooks.StageStarts?.Invoke(stage);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
            await Task.WhenAll(stage.Steps.Select(step => RunAsync(step, done, stop)));
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
