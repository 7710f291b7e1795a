using System.Collections.Immutable;
using System.Text;
using Slotwright.Core.Observing;
using Slotwright.Core.Slots;
using Slotwright.Valkey.Resp;

namespace Slotwright.Valkey.Parsing;

/// <summary>CLUSTER SHARDS, as arrays (RESP2) and as maps (RESP3).</summary>
public static class ClusterShardsParser
{
    private const string Command = "CLUSTER SHARDS";

    /// <summary>Names that come with every node: read without a text of their own each time.</summary>
    private static readonly ImmutableArray<string> Names =
    [
        "id",
        "port",
        "tls-port",
        "ip",
        "endpoint",
        "hostname",
        "role",
        "replication-offset",
        "health",
        "availability-zone",
    ];

    /// <param name="unrecognized">Takes what these versions are not known to say.</param>
    /// <exception cref="ReplyFormatException">It is not of the known form.</exception>
    public static ImmutableArray<ShardRow> Parse(RespValue reply, ICollection<string> unrecognized)
    {
        var shards = Items(reply, new Place(Command, "reply"));
        var rows = ImmutableArray.CreateBuilder<ShardRow>(shards.Length);
        for (var i = 0; i < shards.Length; i++)
        {
            rows.Add(Shard(shards[i], new Place(Command, $"shard {i + 1}"), unrecognized));
        }
        return rows.DrainToImmutable();
    }

    private static ShardRow Shard(RespValue reply, Place place, ICollection<string> unrecognized)
    {
        string? id = null;
        SlotSet? slots = null;
        ImmutableArray<ShardNodeRow>? nodes = null;
        foreach (var (key, value) in Pairs(reply, place))
        {
            switch (key)
            {
                case "slots":
                    slots = Slots(value, place.At(key));
                    break;
                case "nodes":
                    nodes = Nodes(value, place, unrecognized);
                    break;
                case "id":
                    id = Text(value, place.At(key));
                    break;
                default:
                    unrecognized.Add($"{Command}: field {key} of a shard");
                    break;
            }
        }
        return new ShardRow(
            id,
            slots ?? throw place.Wrong("the field slots is missing", ""),
            nodes ?? throw place.Wrong("the field nodes is missing", "")
        );
    }

    private static SlotSet Slots(RespValue reply, Place place)
    {
        var numbers = Items(reply, place);
        if (numbers.Length % 2 != 0)
        {
            throw place.Wrong("an odd number of range ends", numbers.Length.ToString());
        }
        var ranges = new SlotRange[numbers.Length / 2];
        for (var i = 0; i < ranges.Length; i++)
        {
            var range = $"{Number(numbers[2 * i], place)}-{Number(numbers[(2 * i) + 1], place)}";
            ranges[i] = SlotRange.TryParse(range, null, out var parsed)
                ? parsed
                : throw place.Wrong("not a range of slots", range);
        }
        return SlotSet.Of(ranges);
    }

    private static ImmutableArray<ShardNodeRow> Nodes(RespValue reply, Place place, ICollection<string> unrecognized)
    {
        var nodes = Items(reply, place.At("nodes"));
        var rows = ImmutableArray.CreateBuilder<ShardNodeRow>(nodes.Length);
        for (var i = 0; i < nodes.Length; i++)
        {
            rows.Add(Node(nodes[i], place.At($"node {i + 1}"), unrecognized));
        }
        return rows.DrainToImmutable();
    }

    private static ShardNodeRow Node(RespValue reply, Place place, ICollection<string> unrecognized)
    {
        var fields = new Dictionary<string, RespValue>(StringComparer.Ordinal);
        foreach (var (key, value) in Pairs(reply, place))
        {
            if (!fields.TryAdd(key, value))
            {
                throw place.Wrong("a field that comes twice", key);
            }
        }
        var row = new ShardNodeRow(
            place.At("id").Id(Text(Take("id") ?? Missing("id"), place.At("id"))),
            TextOf("endpoint"),
            TextOf("ip"),
            TextOf("hostname"),
            PortOf("port"),
            PortOf("tls-port"),
            Text(Take("role") ?? Missing("role"), place.At("role")) switch
            {
                "master" or "primary" => true,
                "replica" or "slave" => false,
                var role => throw place.At("role").Wrong("neither master nor replica", role),
            },
            Number(Take("replication-offset") ?? Missing("replication-offset"), place.At("replication-offset")),
            Health(TextOf("health"), place.At("health"), unrecognized),
            TextOf("availability-zone")
        );
        foreach (var name in fields.Keys)
        {
            unrecognized.Add($"{Command}: field {name} of a node");
        }
        return row;

        RespValue? Take(string name) => fields.Remove(name, out var value) ? value : null;
        RespValue Missing(string name) => throw place.Wrong($"the field {name} is missing", "");
        string TextOf(string name) => Take(name) is { } value and not RespValue.Null ? Text(value, place.At(name)) : "";
        int PortOf(string name) => Take(name) is { } value ? Port(Number(value, place.At(name)), place.At(name)) : 0;
    }

    /// <summary>Servers write <c>fail</c> where their documentation has <c>failed</c>: both become the latter.</summary>
    private static string Health(string word, Place place, ICollection<string> unrecognized)
    {
        switch (word)
        {
            case "online" or "loading" or "failed":
                return word;
            case "fail":
                return "failed";
            case "":
                throw place.Wrong("is missing", word);
            default:
                unrecognized.Add($"{Command}: health {word}");
                return word;
        }
    }

    private static int Port(long number, Place place) =>
        number is >= 0 and <= 65535 ? (int)number : throw place.Wrong("not a port (0 to 65535)", number.ToString());

    private static ImmutableArray<RespValue> Items(RespValue reply, Place place) =>
        reply switch
        {
            RespValue.Array array => array.Items,
            RespValue.Set set => set.Items,
            _ => throw place.Wrong("not an array", Describe(reply)),
        };

    private static IEnumerable<(string Key, RespValue Value)> Pairs(RespValue reply, Place place)
    {
        switch (reply)
        {
            case RespValue.Map map:
                return map.Entries.Select(e => (Name(e.Key, place), e.Value));
            case RespValue.Array { Items: var items } when items.Length % 2 == 0:
                return Enumerable
                    .Range(0, items.Length / 2)
                    .Select(i => (Name(items[2 * i], place), items[(2 * i) + 1]));
            default:
                throw place.Wrong("neither a map nor an array of pairs", Describe(reply));
        }
    }

    private static string Name(RespValue reply, Place place)
    {
        if (reply is RespValue.Bulk { Bytes: var bytes })
        {
            foreach (var name in Names)
            {
                if (Ascii.Equals(bytes.Span, name))
                {
                    return name;
                }
            }
        }
        return Text(reply, place);
    }

    private static string Text(RespValue reply, Place place) =>
        reply.AsText() ?? throw place.Wrong("not a text", Describe(reply));

    private static long Number(RespValue reply, Place place) =>
        reply switch
        {
            RespValue.Integer integer => integer.Value,
            RespValue.Bulk bulk => place.Number(bulk.Text), // slots, in the first releases that had the command
            _ => throw place.Wrong("not a number", Describe(reply)),
        };

    private static string Describe(RespValue reply) =>
        reply switch
        {
            RespValue.Error error => error.Text,
            _ => reply.AsText() ?? reply.GetType().Name,
        };
}
