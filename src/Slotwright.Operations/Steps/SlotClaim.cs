using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Core.Slots;
using Slotwright.Valkey.Commands;
using Slotwright.Valkey.Connections;
using Slotwright.Valkey.Resp;

namespace Slotwright.Operations.Steps;

/// <summary>A node says that slots are its own, under a new epoch, whomever it or others had for their owner.</summary>
internal static class SlotClaim
{
    /// <exception cref="OperationFailedException">Another node answers, or the server refuses.</exception>
    public static async Task<bool> MakeAsync(ValkeyConnection node, NodeId id, SlotSet slots, CancellationToken ct)
    {
        await Identity.EnsureAsync(node, id, ct);
        var rows = await node.PeersAsync(ct);
        var mine = rows.Single(r => r.Id == id).Slots;
        var taken = slots.Except(mine);
        if (taken.IsEmpty)
        {
            return true; // an attempt that was cut off had come this far
        }
        // the epoch first: under the old one the claim would be older than the owner's, and be taken back
        ImmutableArray<RespCommand> commands =
        [
            NodeCommands.BumpEpoch,
            .. Ranges("DELSLOTSRANGE", taken.Intersect(SlotSet.Union(rows.Select(r => r.Slots)))),
            .. Ranges("ADDSLOTSRANGE", taken),
        ];
        var replies = await node.SendAllAsync(commands, ct);
        return replies.OfType<RespValue.Error>().FirstOrDefault() is { } error
            ? throw new OperationFailedException(error.Text, member: node.Label, command: "CLUSTER ADDSLOTSRANGE")
            : true;
    }

    private static ImmutableArray<RespCommand> Ranges(string word, SlotSet slots) =>
        slots.IsEmpty ? [] : [NodeCommands.OfRanges(word, slots)];
}
