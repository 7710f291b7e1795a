using System.Collections.Immutable;
using Slotwright.Core.Loads;
using Slotwright.Core.Slots;
using Slotwright.Valkey.Resp;

namespace Slotwright.Valkey.Parsing;

/// <summary>CLUSTER SLOT-STATS, RESP2 or RESP3. Counters of CPU and network are there only where the server counts them.</summary>
public static class SlotStatsParser
{
    private const string Command = "CLUSTER SLOT-STATS";

    /// <returns>One for each slot of the range that the node owns.</returns>
    /// <exception cref="ReplyFormatException">The reply can't be read.</exception>
    public static ImmutableArray<SlotStat> Parse(RespValue reply) =>
        reply is RespValue.Array { Items: var slots }
            ? [.. slots.Select(Stat)]
            : throw new ReplyFormatException(Command, "reply", "not a list", reply.GetType().Name);

    private static SlotStat Stat(RespValue item, int index)
    {
        var place = new Place(Command, $"element {index + 1}");
        if (
            item
            is not RespValue.Array
            {
                Items: [RespValue.Integer { Value: >= 0 and < HashSlot.Count } slot, var counters]
            }
        )
        {
            throw place.Wrong("not a slot and its counters", item.GetType().Name);
        }
        var (keys, cpu, bytesIn, bytesOut) = (default(long?), default(long?), default(long?), default(long?));
        foreach (var (name, value) in Pairs(counters))
        {
            var number = (value as RespValue.Integer)?.Value;
            switch (name.AsText())
            {
                case "key-count":
                    keys = number;
                    break;
                case "cpu-usec":
                    cpu = number;
                    break;
                case "network-bytes-in":
                    bytesIn = number;
                    break;
                case "network-bytes-out":
                    bytesOut = number;
                    break;
                default:
                    break; // a later version may count more
            }
        }
        return new SlotStat(
            (int)slot.Value,
            keys ?? throw place.At("key-count").Wrong("the field is missing, or no number", ""),
            cpu is { } c && bytesIn is { } i && bytesOut is { } o ? new SlotWork(c, i, o) : null
        );
    }

    private static IEnumerable<(RespValue Name, RespValue Value)> Pairs(RespValue counters) =>
        counters switch
        {
            RespValue.Map { Entries: var entries } => entries.Select(e => (e.Key, e.Value)),
            RespValue.Array { Items: var words } => words.Chunk(2).Where(p => p.Length == 2).Select(p => (p[0], p[1])),
            _ => [],
        };
}
