using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Observing;
using Slotwright.Core.Slots;

namespace Slotwright.Valkey.Parsing;

/// <summary>CLUSTER NODES, also as it is written to <c>nodes.conf</c> (auxiliary fields after the hostname).</summary>
public static class ClusterNodesParser
{
    private const string Command = "CLUSTER NODES";
    private const int FixedFields = 8;

    private static readonly ImmutableArray<string> AuxiliaryFields =
    [
        "shard-id",
        "nodename",
        "tcp-port",
        "tls-port",
        "availability-zone",
        "announce-client-ipv4",
        "announce-client-ipv6",
        "announce-client-tcp-port",
        "announce-client-tls-port",
    ];

    /// <param name="unrecognized">Takes what these versions are not known to say.</param>
    /// <exception cref="ReplyFormatException">A line is not of the known form, or not exactly one line is the node's own.</exception>
    public static ImmutableArray<PeerRow> Parse(string text, ICollection<string> unrecognized)
    {
        var rows = ImmutableArray.CreateBuilder<PeerRow>(text.AsSpan().Count('\n') + 1);
        var number = 0;
        foreach (var range in text.AsSpan().Split('\n'))
        {
            var line = text.AsSpan()[range].TrimEnd('\r');
            if (!line.IsEmpty)
            {
                rows.Add(Row(line, Place.Line(Command, number), unrecognized));
            }
            number++;
        }
        var own = rows.Count(r => r.Flags.HasFlag(PeerFlags.Myself));
        return own == 1
            ? rows.DrainToImmutable()
            : throw new ReplyFormatException(Command, "all lines", $"{own} lines have the flag myself, not one", text);
    }

    private static PeerRow Row(ReadOnlySpan<char> line, Place place, ICollection<string> unrecognized)
    {
        Span<Range> fields = stackalloc Range[FixedFields + 1]; // the last takes all that is left
        var count = line.Split(fields, ' ');
        if (count < FixedFields)
        {
            throw place.Wrong($"has {count} fields, not at least {FixedFields}", line.ToString());
        }
        var (address, busPort, names) = Addresses(line[fields[1]].ToString(), place.At("address"));
        var flags = Flags(line[fields[2]], place.At("flags"), unrecognized);
        var (slots, open) = count == FixedFields ? (SlotSet.Empty, []) : Slots(line[fields[^1]], place.At("slots"));
        return new PeerRow(
            place.At("id").Id(line[fields[0]].ToString()),
            flags.HasFlag(PeerFlags.NoAddress) ? null : address,
            busPort,
            names.Length > 0 ? names[0] : "",
            flags,
            line[fields[3]] is "-" ? null : place.At("primary").Id(line[fields[3]].ToString()),
            place.At("ping-sent").Number(line[fields[4]]),
            place.At("pong-received").Number(line[fields[5]]),
            place.At("config-epoch").Number(line[fields[6]]),
            Linked(line[fields[7]], place.At("link-state")),
            slots,
            open
        )
        {
            ShardId = ShardId(names, place.At("auxiliary fields"), unrecognized),
        };
    }

    /// <summary><c>10.0.0.1:6379@16379,hostname,shard-id=...</c>; the host is empty on a node that has not learnt its own.</summary>
    private static (NodeAddress? Address, int BusPort, string[] Names) Addresses(string text, Place place)
    {
        var parts = text.Split(',');
        var at = parts[0].LastIndexOf('@');
        var colon = at < 0 ? -1 : parts[0].LastIndexOf(':', at);
        if (colon < 0)
        {
            throw place.Wrong("not IP:PORT@BUSPORT", text);
        }
        var host = parts[0][..colon];
        var port = place.Port(parts[0].AsSpan(colon + 1, at - colon - 1));
        var busPort = place.Port(parts[0].AsSpan(at + 1));
        if (host.Any(char.IsWhiteSpace))
        {
            throw place.Wrong("not IP:PORT@BUSPORT", text);
        }
        return (host is "" or "?" || port == 0 ? null : new NodeAddress(host, port), busPort, parts[1..]);
    }

    private static string? ShardId(string[] names, Place place, ICollection<string> unrecognized)
    {
        string? shardId = null;
        foreach (var auxiliary in names.Skip(1))
        {
            var equals = auxiliary.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1)
            {
                throw place.Wrong("not NAME=VALUE", auxiliary);
            }
            var name = auxiliary[..equals];
            if (name == "shard-id")
            {
                shardId = auxiliary[(equals + 1)..];
            }
            else if (!AuxiliaryFields.Contains(name, StringComparer.Ordinal))
            {
                unrecognized.Add($"{Command}: auxiliary field {name}");
            }
        }
        return shardId;
    }

    private static PeerFlags Flags(ReadOnlySpan<char> text, Place place, ICollection<string> unrecognized)
    {
        var flags = PeerFlags.None;
        foreach (var range in text.Split(','))
        {
            switch (text[range])
            {
                case "myself":
                    flags |= PeerFlags.Myself;
                    break;
                case "master":
                    flags |= PeerFlags.Primary;
                    break;
                case "slave":
                    flags |= PeerFlags.Replica;
                    break;
                case "fail?":
                    flags |= PeerFlags.Possible;
                    break;
                case "fail":
                    flags |= PeerFlags.Fail;
                    break;
                case "handshake":
                    flags |= PeerFlags.Handshake;
                    break;
                case "noaddr":
                    flags |= PeerFlags.NoAddress;
                    break;
                case "nofailover":
                    flags |= PeerFlags.NoFailover;
                    break;
                case "noflags":
                    break;
                case "":
                    throw place.Wrong("an empty flag", text.ToString());
                default:
                    unrecognized.Add($"{Command}: flag {text[range]}");
                    break;
            }
        }
        return flags;
    }

    private static bool Linked(ReadOnlySpan<char> text, Place place) =>
        text switch
        {
            "connected" => true,
            "disconnected" => false,
            _ => throw place.Wrong("neither connected nor disconnected", text.ToString()),
        };

    private static (SlotSet Slots, ImmutableArray<OpenSlot> Open) Slots(ReadOnlySpan<char> text, Place place)
    {
        var ranges = new List<SlotRange>();
        var open = ImmutableArray.CreateBuilder<OpenSlot>();
        foreach (var at in text.Split(' '))
        {
            var field = text[at];
            if (field.StartsWith('['))
            {
                open.Add(Open(field.ToString(), place));
            }
            else if (SlotRange.TryParse(field, null, out var range))
            {
                ranges.Add(range);
            }
            else
            {
                throw place.Wrong("neither a slot, a range of slots, nor an open slot", field.ToString());
            }
        }
        return (SlotSet.Of([.. ranges]), open.DrainToImmutable());
    }

    /// <summary><c>[93->-id]</c> on its way to that node, <c>[93-&lt;-id]</c> coming from it.</summary>
    private static OpenSlot Open(string field, Place place)
    {
        var arrow = field.IndexOf('-', StringComparison.Ordinal);
        if (
            arrow < 2
            || field.Length < arrow + 4
            || field[arrow + 1] is not ('>' or '<')
            || field[arrow + 2] != '-'
            || field[^1] != ']'
            || !SlotRange.TryParse(field.AsSpan(1, arrow - 1), null, out var slot)
        )
        {
            throw place.Wrong("not an open slot, such as [93->-NODE] or [93-<-NODE]", field);
        }
        return new OpenSlot(slot.First, field[arrow + 1] == '<', place.Id(field[(arrow + 3)..^1]));
    }
}
