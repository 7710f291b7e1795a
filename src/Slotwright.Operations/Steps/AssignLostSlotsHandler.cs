using Slotwright.Core.Failures;
using Slotwright.Core.Planning.Steps;
using Slotwright.Operations.Running;
using Slotwright.Valkey.Commands;

namespace Slotwright.Operations.Steps;

/// <summary>
/// Takes slots from an owner that is gone. The taker's own view is enough: it says under a new epoch that they are its
/// own, and gossip carries that to the others, also to the old owner should it ever come back.
/// </summary>
internal static class AssignLostSlotsHandler
{
    public static async Task RunAsync(AssignLostSlots step, StepContext context, CancellationToken ct)
    {
        await DemandGoneAsync(step, context, ct);
        await UntilKnownAsync(step, context, ct);
        await context.AskAsync(
            step.Member,
            (node, inner) => SlotClaim.MakeAsync(node, step.Node, step.Slots, inner),
            ct
        );
        await OwnershipSettling.UntilAgreedAsync(
            context.Answering.Append(step.Member).Distinct(StringComparer.Ordinal),
            step.Member,
            step.Node,
            step.Slots,
            context,
            ct
        );
        await EpochSettling.UntilAgreedAsync(step.Member, step.Node, context, ct);
    }

    /// <summary>
    /// One that has just joined takes its next epoch from what it has heard so far: too early, that would be an old one. And
    /// what it says counts only with those who know it.
    /// </summary>
    private static async Task UntilKnownAsync(AssignLostSlots step, StepContext context, CancellationToken ct)
    {
        var highest = context.Topology.Nodes.Max(n => n.Epoch);
        string[] others = [.. context.Answering.Where(m => m != step.Member)];
        var isKnown = await Wait.UntilAsync(
            async inner =>
                (await context.AskAsync(step.Member, (node, t) => node.ClusterInfoAsync(t), inner)).CurrentEpoch
                    >= highest
                && (
                    await Task.WhenAll(
                        others.Select(m => context.AskAsync(m, (node, t) => node.KnowsAsync(step.Node, t), inner))
                    )
                ).All(knows => knows),
            context.Deadline,
            context.Session.Time,
            ct
        );
        if (!isKnown)
        {
            throw new OperationFailedException(
                $"not all members know it after {context.Deadline.TotalSeconds:0} s",
                member: step.Member,
                next: "run the same command again: it looks anew"
            );
        }
    }

    /// <summary>The last look before what can't be undone.</summary>
    private static async Task DemandGoneAsync(AssignLostSlots step, StepContext context, CancellationToken ct)
    {
        foreach (
            var node in context.Topology.Nodes.Where(n =>
                (n.Id == step.From || (n.Primary == step.From && !n.Reachable)) && n.Member is not null
            )
        )
        {
            if (
                context.Topology.Members.TryGetValue(node.Member!, out var member)
                && await LastLook.FindsAsync(
                    member,
                    async (n, inner) => await n.MyIdAsync(inner) == node.Id,
                    context,
                    ct
                )
            )
            {
                throw new OperationFailedException(
                    $"{node.Label} answers again: it may have the data of these slots",
                    member: node.Label,
                    next: "run the same command again: it looks anew"
                );
            }
        }
    }
}
