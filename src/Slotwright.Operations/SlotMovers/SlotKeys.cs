using System.Collections.Immutable;
using System.Globalization;
using Slotwright.Core.Failures;
using Slotwright.Core.Slots;
using Slotwright.Valkey.Connections;
using Slotwright.Valkey.Resp;

namespace Slotwright.Operations.SlotMovers;

/// <summary>What lies in slots of the giver.</summary>
internal static class SlotKeys
{
    private static readonly ReadOnlyMemory<byte> Memory = "MEMORY"u8.ToArray();
    private static readonly ReadOnlyMemory<byte> Usage = "USAGE"u8.ToArray();

    /// <summary>Keys that lie there now.</summary>
    public static async Task<long> CountAsync(SlotSet slots, MoveEnds ends, CancellationToken ct)
    {
        var replies = await ends.AskSourceAsync(
            (node, inner) => node.SendAllAsync([.. slots.Select(CountOf)], inner),
            ct
        );
        return replies.OfType<RespValue.Integer>().Sum(r => r.Value);
    }

    public static RespCommand CountOf(int slot) => RespCommand.Of("CLUSTER", "COUNTKEYSINSLOT", Text(slot));

    /// <summary>Some of the keys of a slot, with about what each takes in memory; none where there are none.</summary>
    public static async Task<ImmutableArray<SizedKey>> LookAsync(
        ValkeyConnection source,
        int slot,
        int most,
        CancellationToken ct
    )
    {
        var command = RespCommand.Of("CLUSTER", "GETKEYSINSLOT", Text(slot), Text(most));
        if (await source.SendAsync(command, ct) is not RespValue.Array { Items: var items })
        {
            throw new OperationFailedException(
                $"it does not say which keys lie in slot {slot}",
                member: source.Label,
                command: command.Title
            );
        }
        ImmutableArray<ReadOnlyMemory<byte>> keys = [.. items.OfType<RespValue.Bulk>().Select(k => k.Bytes)];
        var sizes = await source.SendAllAsync([.. keys.Select(SizeOf)], ct);
        return [.. keys.Zip(sizes, (key, size) => new SizedKey(key, size is RespValue.Integer n ? n.Value : 0))];
    }

    private static RespCommand SizeOf(ReadOnlyMemory<byte> key) => RespCommand.OfBytes(Memory, Usage, key);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
