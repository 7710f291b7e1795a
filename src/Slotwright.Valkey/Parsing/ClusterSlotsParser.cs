using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Slots;
using Slotwright.Valkey.Resp;

namespace Slotwright.Valkey.Parsing;

/// <summary>CLUSTER SLOTS: which address a client asks about which slots.</summary>
public static class ClusterSlotsParser
{
    private const string Command = "CLUSTER SLOTS";

    /// <param name="asked">Who answered: a node that knows no address for itself, or says <c>?</c>, means this one.</param>
    /// <returns>Primaries alone, each range with its own row.</returns>
    /// <exception cref="ReplyFormatException">It is not of the known form.</exception>
    public static ImmutableArray<(NodeAddress Address, SlotSet Slots)> Parse(RespValue reply, NodeAddress asked)
    {
        if (reply is not RespValue.Array { Items: var rows })
        {
            throw new Place(Command, "reply").Wrong("not an array", Describe(reply));
        }
        return [.. rows.Select((row, i) => Row(row, asked, new Place(Command, $"row {i + 1}")))];
    }

    private static (NodeAddress Address, SlotSet Slots) Row(RespValue reply, NodeAddress asked, Place place)
    {
        if (
            reply
            is not RespValue.Array
            {
                Items: [
                    RespValue.Integer first,
                    RespValue.Integer last,
                    RespValue.Array { Items: [var endpoint, RespValue.Integer port, ..] },
                    ..,
                ],
            }
        )
        {
            throw place.Wrong("not a range and its nodes", Describe(reply));
        }
        var host = endpoint.AsText() is { Length: > 0 } text && text != "?" ? text : asked.Host;
        return SlotRange.TryParse($"{first.Value}-{last.Value}", null, out var range)
            ? (new NodeAddress(host, place.At("port").Port($"{port.Value}")), SlotSet.Of(range))
            : throw place.Wrong("not a range of slots", $"{first.Value}-{last.Value}");
    }

    private static string Describe(RespValue reply) =>
        reply is RespValue.Error error ? error.Text : reply.AsText() ?? reply.GetType().Name;
}
