using System.Collections.Immutable;
using Slotwright.Core.Failures;
using Slotwright.Core.Slots;
using Slotwright.Valkey.Connections;
using Slotwright.Valkey.Resp;

namespace Slotwright.Operations.SlotMovers;

/// <summary>How many keys a node has of each of some slots in its database 0, whoever owns them.</summary>
internal static class KeysInSlots
{
    /// <summary>Those of which it has keys.</summary>
    /// <exception cref="OperationFailedException">It does not say.</exception>
    public static async Task<ImmutableArray<(int Slot, long Keys)>> CountAsync(
        ValkeyConnection node,
        SlotSet slots,
        CancellationToken ct
    )
    {
        var replies = await node.SendAllAsync([.. slots.Select(SlotKeys.CountOf)], ct);
        return
        [
            .. slots
                .Zip(replies, (slot, reply) => (slot, reply is RespValue.Integer n ? n.Value : throw Unsaid(slot)))
                .Where(c => c.Item2 > 0),
        ];

        OperationFailedException Unsaid(int slot) =>
            new($"it does not say how many keys it has in slot {slot}", node.Label, "CLUSTER COUNTKEYSINSLOT");
    }

    /// <summary>After all keys that can be seen have been moved.</summary>
    /// <exception cref="OperationFailedException">It has some still, or does not say.</exception>
    public static async Task<bool> DemandNoneAsync(ValkeyConnection node, SlotSet slots, CancellationToken ct)
    {
        var full = await CountAsync(node, slots, ct);
        return full.IsEmpty
            ? true
            : throw new OperationFailedException(
                $"slots {SlotSet.OfSlots(full.Select(f => f.Slot))} still have keys that can't be seen",
                member: node.Label,
                command: "CLUSTER COUNTKEYSINSLOT",
                next: "run the same command again: it looks anew"
            );
    }
}
