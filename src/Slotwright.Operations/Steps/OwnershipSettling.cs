using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Core.Slots;
using Slotwright.Operations.Running;
using Slotwright.Valkey.Commands;
using Slotwright.Valkey.Connections;

namespace Slotwright.Operations.Steps;

/// <summary>Slots have changed their owner once every member says so.</summary>
internal static class OwnershipSettling
{
    /// <param name="otherwise">What a member says that sees it otherwise, after its name.</param>
    /// <exception cref="OperationFailedException">One of the members sees it otherwise at the deadline.</exception>
    public static Task UntilAgreedAsync(
        IEnumerable<string> members,
        NodeId owner,
        SlotSet slots,
        string otherwise,
        StepContext context,
        CancellationToken ct
    )
    {
        return Task.WhenAll(members.Select(m => Settling.DemandAsync(context, m, SeesAsync, otherwise, ct)));

        async Task<bool> SeesAsync(ValkeyConnection node, CancellationToken inner) =>
            (await node.PeersAsync(inner)).Any(p =>
                p.Id == owner && p.Primary is null && slots.Except(p.Slots).IsEmpty
            );
    }
}
