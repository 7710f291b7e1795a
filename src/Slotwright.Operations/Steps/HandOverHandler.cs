using Slotwright.Core.Planning.Steps;
using Slotwright.Operations.Running;

namespace Slotwright.Operations.Steps;

/// <summary>Has a replica take over, and ends when all members agree on it and the shard is in sync again.</summary>
internal static class HandOverHandler
{
    public static async Task RunAsync(HandOver step, StepContext context, CancellationToken ct)
    {
        await Identity.EnsureAsync(step.Member, step.Node, context, ct);
        await context.Elections.WaitAsync(ct);
        try
        {
            if (!(await context.RoleAsync(step.Member, ct)).IsPrimary)
            {
                var took = step.Kind switch
                {
                    HandOverKind.Planned => await PlannedSwap.RunAsync(step, context, ct),
                    _ => await ForcedSwap.RunAsync(step, context, ct),
                };
                context.HandedOver(new HandOverTime(step, took));
            }
            await HandOverSettling.UntilAgreedAsync(step, context, ct);
            if (step.Kind == HandOverKind.Takeover)
            {
                await EpochSettling.UntilAgreedAsync(step.Member, step.Node, context, ct);
            }
        }
        finally
        {
            context.Elections.Release();
        }
        await HandOverSettling.UntilInSyncAsync(step, context, ct);
    }
}
