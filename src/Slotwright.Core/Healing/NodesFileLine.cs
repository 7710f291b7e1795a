using System.Diagnostics.CodeAnalysis;
using Slotwright.Core.Cluster;
using Slotwright.Core.Slots;

namespace Slotwright.Core.Healing;

/// <summary>A node's line in nodes.conf. What is not named here stays in the text as the server wrote it.</summary>
/// <param name="Text">Without the line break.</param>
/// <param name="Ip">Empty where the address is not known.</param>
/// <param name="Hostname">Empty where the node announces none.</param>
/// <param name="Primary">Null for a primary.</param>
/// <param name="ShardId">Null where the server that wrote it has none.</param>
/// <param name="Slots">Those that it owns, without those that are only on their way.</param>
public sealed record NodesFileLine(
    string Text,
    NodeId Id,
    string Ip,
    string Hostname,
    string[] Flags,
    NodeId? Primary,
    string? ShardId,
    SlotSet Slots
)
{
    private const string Failed = "fail";
    private const string Suspected = "fail?";
    private const string ShardIdKey = "shard-id=";
    private const int LeastFields = 8;

    public bool IsSelf => Has("myself");

    public bool HasFailed => Has(Failed);

    /// <summary>Its address is known, though it may be an old one.</summary>
    public bool HasAddress => Ip.Length > 0 && !Has("noaddr") && !Has("handshake");

    public NodesFileLine WithIp(string ip)
    {
        var at = Text.IndexOf(' ', StringComparison.Ordinal) + 1;
        return this with { Text = $"{Text[..at]}{ip}{Text[(at + Ip.Length)..]}", Ip = ip };
    }

    /// <summary>Without <c>fail</c> and <c>fail?</c>.</summary>
    public NodesFileLine WithoutFailure()
    {
        if (!Has(Failed) && !Has(Suspected))
        {
            return this;
        }
        var flags = Array.FindAll(Flags, f => f is not (Failed or Suspected));
        var (before, after) = ($" {string.Join(',', Flags)} ", $" {string.Join(',', flags)} ");
        return this with { Text = Text.Replace(before, after, StringComparison.Ordinal), Flags = flags };
    }

    public NodesFileLine WithShardId(string shardId) =>
        this with
        {
            Text = Text.Replace(ShardIdKey + ShardId, ShardIdKey + shardId, StringComparison.Ordinal),
            ShardId = shardId,
        };

    /// <param name="damage">What is wrong with it.</param>
    public static bool TryParse(
        string text,
        [NotNullWhen(true)] out NodesFileLine? line,
        [NotNullWhen(false)] out string? damage
    )
    {
        line = null;
        var fields = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length < LeastFields)
        {
            damage = $"it has {fields.Length} fields, a node's line has at least {LeastFields}";
            return false;
        }
        if (!NodeId.TryParse(fields[0], null, out var id))
        {
            damage = $"'{fields[0]}' is no node id";
            return false;
        }
        var primary = default(NodeId);
        if (fields[3] != "-" && !NodeId.TryParse(fields[3], null, out primary))
        {
            damage = $"'{fields[3]}' is no primary's id";
            return false;
        }
        var words = fields[1].Split(',');
        var colon = words[0].LastIndexOf(':');
        if (colon < 0)
        {
            damage = $"'{words[0]}' is no address";
            return false;
        }
        var slots = string.Join(',', fields.Skip(LeastFields).Where(f => !f.StartsWith('[')));
        if (!SlotSet.TryParse(slots, null, out var owned))
        {
            damage = $"'{slots}' are no slots";
            return false;
        }
        damage = null;
        line = new NodesFileLine(
            text,
            id,
            words[0][..colon],
            words.Length > 1 ? words[1] : "",
            fields[2].Split(','),
            fields[3] == "-" ? null : primary,
            Array.Find(words, w => w.StartsWith(ShardIdKey, StringComparison.Ordinal))?[ShardIdKey.Length..],
            owned
        );
        return true;
    }

    private bool Has(string flag) => Array.IndexOf(Flags, flag) >= 0;
}
