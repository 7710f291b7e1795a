using Slotwright.Core.Planning.Steps;
using Slotwright.Operations.Running;
using Slotwright.Valkey.Commands;

namespace Slotwright.Operations.Steps;

/// <summary>Has an owner say again what it owns. Where its epoch is the highest already, the others are only waited for.</summary>
internal static class RaiseEpochHandler
{
    public static Task RunAsync(RaiseEpoch step, StepContext context, CancellationToken ct) =>
        OwnershipSettling.ClaimAsync(
            step.Member,
            step.Node,
            step.Slots,
            async (node, inner) =>
            {
                await Identity.EnsureAsync(node, step.Node, inner);
                return await node.AskAsync(NodeCommands.BumpEpoch, inner);
            },
            context,
            ct
        );
}
