using Slotwright.Core.Failures;
using Slotwright.Core.Planning.Steps;
using Slotwright.Operations.Running;
using Slotwright.Operations.Targets;
using Slotwright.Valkey.Commands;

namespace Slotwright.Operations.Steps;

/// <summary>Has the host start new members, or end those that nobody counts on any more.</summary>
internal static class MemberCountHandler
{
    public static Task RunAsync(AddMembers step, StepContext context, CancellationToken ct) =>
        Host(context).ResizeAsync(step.Shape, step.Discard, ct);

    public static async Task RunAsync(RemoveMembers step, StepContext context, CancellationToken ct)
    {
        var host = Host(context);
        await Task.WhenAll(step.Members.Select(m => DemandSlotlessAsync(m, context, ct)));
        await host.ResizeAsync(step.Shape, step.DeletesVolumes ? VolumeDiscard.Delete : null, ct);
    }

    /// <summary>The last look: one that has come to slots since the plan was made stays.</summary>
    private static async Task DemandSlotlessAsync(string member, StepContext context, CancellationToken ct)
    {
        if (context.Topology.NodeOf(member) is not { Reachable: true } node)
        {
            return;
        }
        var peers = await context.AskAsync(member, static (n, inner) => n.PeersAsync(inner), ct);
        if (peers.Any(p => p.Id == node.Id && !p.Slots.IsEmpty))
        {
            throw new OperationFailedException(
                "it owns slots by now",
                member: member,
                next: "run the same command again: it looks anew"
            );
        }
    }

    private static IClusterHost Host(StepContext context) =>
        context.Host ?? throw new OperationFailedException("this target has no host that could start or end members");
}
