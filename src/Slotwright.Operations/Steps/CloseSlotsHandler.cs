using Slotwright.Core.Failures;
using Slotwright.Core.Planning.Steps;
using Slotwright.Core.Slots;
using Slotwright.Operations.Running;
using Slotwright.Operations.SlotMovers;
using Slotwright.Valkey.Connections;

namespace Slotwright.Operations.Steps;

/// <summary>
/// Closes slots at one node, once whoever would be cut off by that has said again that it has no keys of them: the node
/// itself, and of slots that it owns all other primaries.
/// </summary>
internal static class CloseSlotsHandler
{
    public static async Task RunAsync(CloseSlots step, StepContext context, CancellationToken ct)
    {
        var own = context.Topology.Find(step.Node)!.Slots.Intersect(step.Slots);
        await using var node = await context.Session.OpenAsync(context.Topology.Members[step.Member], ct);
        await Identity.EnsureAsync(node, step.Node, ct);
        await DemandEmptyAsync(node, step.Slots.Except(own), step, ct);
        foreach (var other in Others(step, context))
        {
            await context.AskAsync(
                other,
                async (connection, inner) =>
                {
                    await DemandEmptyAsync(connection, own, step, inner);
                    return true;
                },
                ct
            );
        }
        await SetSlot.RunAsync(node, [.. step.Slots], "STABLE", id: null, unless: null, context.Session.Time, ct);
    }

    private static IEnumerable<string> Others(CloseSlots step, StepContext context) =>
        context
            .Topology.Nodes.Where(n =>
                n is { IsPrimary: true, Reachable: true, Joined: true, Member: not null } && n.Id != step.Node
            )
            .Select(n => n.Member!);

    private static async Task DemandEmptyAsync(
        ValkeyConnection node,
        SlotSet slots,
        CloseSlots step,
        CancellationToken ct
    )
    {
        var full = await KeysInSlots.CountAsync(node, slots, ct);
        if (!full.IsEmpty)
        {
            throw new OperationFailedException(
                $"{node.Label} has keys of slots {SlotSet.OfSlots(full.Select(f => f.Slot))} by now: {step.Member} must not close them",
                member: node.Label,
                command: "CLUSTER COUNTKEYSINSLOT",
                next: "run the same command again: it looks anew"
            );
        }
    }
}
