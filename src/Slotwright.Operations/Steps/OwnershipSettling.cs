using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Core.Slots;
using Slotwright.Operations.Running;
using Slotwright.Valkey.Commands;

namespace Slotwright.Operations.Steps;

/// <summary>Slots have changed their owner once every member says so.</summary>
internal static class OwnershipSettling
{
    /// <exception cref="OperationFailedException">A member that answered before sees it otherwise at the deadline.</exception>
    public static Task UntilAgreedAsync(
        string owner,
        NodeId id,
        SlotSet slots,
        StepContext context,
        CancellationToken ct
    ) =>
        Task.WhenAll(
            context
                .Topology.Nodes.Where(n => n is { Reachable: true, Joined: true })
                .Select(n => n.Member)
                .OfType<string>()
                .Append(owner)
                .Distinct(StringComparer.Ordinal)
                .Select(member => DemandAsync(member, owner, id, slots, context, ct))
        );

    private static async Task DemandAsync(
        string member,
        string owner,
        NodeId id,
        SlotSet slots,
        StepContext context,
        CancellationToken ct
    )
    {
        var isSeen = await Wait.UntilAsync(
            async inner =>
                await context.AskAsync(
                    member,
                    async (node, token) =>
                        (await node.PeersAsync(token)).Any(p =>
                            p.Id == id && p.Primary is null && slots.Except(p.Slots).IsEmpty
                        ),
                    inner
                ),
            context.Deadline,
            context.Session.Time,
            ct
        );
        if (!isSeen)
        {
            throw new OperationFailedException(
                $"{member} does not see that {owner} owns slots {slots} after {context.Deadline.TotalSeconds:0} s",
                member: member,
                next: "slotwright verify shows what is amiss"
            );
        }
    }
}
