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
    /// <param name="member">The owner's.</param>
    /// <exception cref="OperationFailedException">One of the members sees it otherwise at the deadline.</exception>
    public static Task UntilAgreedAsync(
        IEnumerable<string> members,
        string member,
        NodeId owner,
        SlotSet slots,
        StepContext context,
        CancellationToken ct
    ) => UntilAgreedAsync(members, owner, slots, $"does not see that {member} owns slots {slots}", context, ct);

    /// <summary>Has a node raise its epoch and waits until its word has come to all.</summary>
    /// <exception cref="OperationFailedException">It refuses, or one of the members sees it otherwise at the deadline.</exception>
    public static async Task ClaimAsync<T>(
        string member,
        NodeId owner,
        SlotSet slots,
        Func<ValkeyConnection, CancellationToken, Task<T>> claim,
        StepContext context,
        CancellationToken ct
    )
    {
        // two that raise their epochs at the same moment could end with the same one
        await context.Elections.WaitAsync(ct);
        try
        {
            await context.AskAsync(member, claim, ct);
            await UntilAgreedAsync(context.Answering, member, owner, slots, context, ct);
        }
        finally
        {
            context.Elections.Release();
        }
    }

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
