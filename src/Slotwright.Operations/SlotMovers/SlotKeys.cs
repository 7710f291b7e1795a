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

    /// <summary>All keys of slots, as far as they do not get more meanwhile; those of one slot as <see cref="LookAsync"/>.</summary>
    /// <param name="atOnce">So many of a slot are asked for together.</param>
    public static async Task<ImmutableArray<(int Slot, ImmutableArray<SizedKey> Keys)>> LookAtAllAsync(
        ValkeyConnection source,
        int[] slots,
        int atOnce,
        CancellationToken ct
    )
    {
        var replies = await source.SendAllAsync([.. slots.Select(s => NamesOf(s, atOnce))], ct);
        var names = slots.Zip(replies, (slot, reply) => Names(source, slot, reply)).ToArray();
        for (var i = 0; i < slots.Length; i++)
        {
            if (
                names[i].Length == atOnce
                && await source.SendAsync(CountOf(slots[i]), ct) is RespValue.Integer { Value: var all }
            )
            {
                var most = (int)Math.Min(all, int.MaxValue);
                names[i] = Names(source, slots[i], await source.SendAsync(NamesOf(slots[i], most), ct));
            }
        }
        var sized = await SizedAsync(source, [.. names.SelectMany(n => n)], ct);
        var begin = 0;
        var found = ImmutableArray.CreateBuilder<(int, ImmutableArray<SizedKey>)>(slots.Length);
        foreach (var (slot, own) in slots.Zip(names))
        {
            found.Add((slot, sized.Slice(begin, own.Length)));
            begin += own.Length;
        }
        return found.MoveToImmutable();
    }

    /// <summary>Some of the keys of a slot, with about what each takes in memory; none where there are none.</summary>
    public static async Task<ImmutableArray<SizedKey>> LookAsync(
        ValkeyConnection source,
        int slot,
        int most,
        CancellationToken ct
    ) => await SizedAsync(source, Names(source, slot, await source.SendAsync(NamesOf(slot, most), ct)), ct);

    private static async Task<ImmutableArray<SizedKey>> SizedAsync(
        ValkeyConnection source,
        ImmutableArray<ReadOnlyMemory<byte>> keys,
        CancellationToken ct
    )
    {
        const int AtOnce = 1000;
        var sized = ImmutableArray.CreateBuilder<SizedKey>(keys.Length);
        foreach (var some in keys.Chunk(AtOnce)) // others are served in between
        {
            var sizes = await source.SendAllAsync([.. some.Select(SizeOf)], ct);
            sized.AddRange(
                some.Zip(sizes, (key, size) => new SizedKey(key, size is RespValue.Integer n ? n.Value : 0))
            );
        }
        return sized.MoveToImmutable();
    }

    private static ImmutableArray<ReadOnlyMemory<byte>> Names(ValkeyConnection source, int slot, RespValue reply) =>
        reply is RespValue.Array { Items: var items }
            ? [.. items.OfType<RespValue.Bulk>().Select(k => k.Bytes)]
            : throw new OperationFailedException(
                $"it does not say which keys lie in slot {slot}",
                member: source.Label,
                command: "CLUSTER GETKEYSINSLOT"
            );

    private static RespCommand NamesOf(int slot, int most) =>
        RespCommand.Of("CLUSTER", "GETKEYSINSLOT", Text(slot), Text(most));

    private static RespCommand SizeOf(ReadOnlyMemory<byte> key) => RespCommand.OfBytes(Memory, Usage, key);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
