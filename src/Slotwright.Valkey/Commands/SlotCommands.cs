using System.Collections.Immutable;
using System.Globalization;
using Slotwright.Core.Failures;
using Slotwright.Core.Loads;
using Slotwright.Core.Slots;
using Slotwright.Valkey.Connections;
using Slotwright.Valkey.Parsing;
using Slotwright.Valkey.Resp;

namespace Slotwright.Valkey.Commands;

/// <summary>What a primary is asked of its slots and of the keys in them; each throws as <see cref="NodeCommands"/> do.</summary>
public static class SlotCommands
{
    /// <summary>So many questions may wait at a server at once: more would keep its other clients waiting for longer.</summary>
    private const int AtOnce = 1000;

    /// <summary>How servers begin what they say of a subcommand that they don't have; one that an ACL denies is NOPERM.</summary>
    private const string Unknown = "ERR";

    private static readonly RespCommand Stats = RespCommand.Of(
        "CLUSTER",
        "SLOT-STATS",
        "SLOTSRANGE",
        "0",
        Text(HashSlot.Count - 1)
    );

    private static readonly ReadOnlyMemory<byte> Memory = "MEMORY"u8.ToArray();
    private static readonly ReadOnlyMemory<byte> Usage = "USAGE"u8.ToArray();
    private static readonly ReadOnlyMemory<byte> Object = "OBJECT"u8.ToArray();
    private static readonly ReadOnlyMemory<byte> Freq = "FREQ"u8.ToArray();

    /// <summary>In one reply from 8.0 on; from older ones their keys alone, slot by slot.</summary>
    /// <param name="slots">Those that the node owns.</param>
    public static async Task<ImmutableArray<SlotStat>> SlotStatsAsync(
        this ValkeyConnection node,
        SlotSet slots,
        CancellationToken ct
    )
    {
        var reply = await node.SendAsync(Stats, ct);
        if (reply is RespValue.Error error)
        {
            return error.Code == Unknown
                ? await CountKeysAsync(node, slots, ct)
                : throw Refusal.OfQuestion(error, node.Label, Stats.Title);
        }
        try
        {
            return [.. SlotStatsParser.Parse(reply).Where(s => slots.Contains(s.Slot))];
        }
        catch (ReplyFormatException e)
        {
            throw new OperationFailedException(
                $"the reply can't be read: {e.Message}",
                member: node.Label,
                command: e.Command,
                next: "check that the server is of a supported version (Valkey 7.2 to 9.1, Redis 7.0 or 7.2)",
                cause: e
            );
        }
    }

    /// <summary>Some of the keys of slots.</summary>
    /// <param name="wanted">How many keys of which slot.</param>
    /// <returns>One list for each of them.</returns>
    public static async Task<ImmutableArray<ImmutableArray<ReadOnlyMemory<byte>>>> SomeKeysAsync(
        this ValkeyConnection node,
        ImmutableArray<(int Slot, int Keys)> wanted,
        CancellationToken ct
    )
    {
        var commands = wanted
            .Select(w => RespCommand.Of("CLUSTER", "GETKEYSINSLOT", Text(w.Slot), Text(w.Keys)))
            .ToImmutableArray();
        var replies = await SendAllAsync(node, commands, ct);
        return [.. replies.Select(KeysOf)];
    }

    /// <summary>About what keys take in memory, each with its value; 0 where one is gone.</summary>
    public static async Task<ImmutableArray<long>> MemoryUsageAsync(
        this ValkeyConnection node,
        ImmutableArray<ReadOnlyMemory<byte>> keys,
        CancellationToken ct
    ) =>
        [
            .. (await SendAllAsync(node, [.. keys.Select(k => RespCommand.OfBytes(Memory, Usage, k))], ct)).Select(r =>
                r is RespValue.Integer n ? n.Value : 0
            ),
        ];

    /// <summary>How often keys are used, by the server's logarithmic counter; null where one is gone, or nothing is counted.</summary>
    public static async Task<ImmutableArray<int?>> FrequenciesAsync(
        this ValkeyConnection node,
        ImmutableArray<ReadOnlyMemory<byte>> keys,
        CancellationToken ct
    )
    {
        var replies = ImmutableArray.CreateBuilder<int?>(keys.Length);
        foreach (var part in keys.Chunk(AtOnce))
        {
            var some = await node.SendAllAsync([.. part.Select(k => RespCommand.OfBytes(Object, Freq, k))], ct);
            replies.AddRange(some.Select(r => r is RespValue.Integer n ? (int?)n.Value : null));
        }
        return replies.DrainToImmutable();
    }

    private static async Task<ImmutableArray<SlotStat>> CountKeysAsync(
        ValkeyConnection node,
        SlotSet slots,
        CancellationToken ct
    )
    {
        var replies = await SendAllAsync(
            node,
            [.. slots.Select(s => RespCommand.Of("CLUSTER", "COUNTKEYSINSLOT", Text(s)))],
            ct
        );
        return [.. slots.Zip(replies, (s, r) => new SlotStat(s, r is RespValue.Integer n ? n.Value : 0))];
    }

    /// <exception cref="OperationFailedException">The server refuses one.</exception>
    private static async Task<ImmutableArray<RespValue>> SendAllAsync(
        ValkeyConnection node,
        ImmutableArray<RespCommand> commands,
        CancellationToken ct
    )
    {
        var replies = ImmutableArray.CreateBuilder<RespValue>(commands.Length);
        foreach (var part in commands.Chunk(AtOnce))
        {
            replies.AddRange(await node.SendAllAsync([.. part], ct));
        }
        return replies.FirstOrDefault(r => r is RespValue.Error) is RespValue.Error error
            ? throw Refusal.OfQuestion(error, node.Label, commands[0].Title)
            : replies.DrainToImmutable();
    }

    private static ImmutableArray<ReadOnlyMemory<byte>> KeysOf(RespValue reply) =>
        reply is RespValue.Array { Items: var items } ? [.. items.OfType<RespValue.Bulk>().Select(k => k.Bytes)] : [];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
