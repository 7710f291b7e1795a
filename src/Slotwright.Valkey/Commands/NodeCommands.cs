using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Core.Observing;
using Slotwright.Core.Slots;
using Slotwright.Valkey.Connections;
using Slotwright.Valkey.Parsing;
using Slotwright.Valkey.Resp;

namespace Slotwright.Valkey.Commands;

/// <summary>
/// What one node is asked and told. Each throws <see cref="OperationFailedException"/> with the node's label, the
/// command's name and the server's own words where the server refuses, or its reply can't be read.
/// </summary>
public static class NodeCommands
{
    private const string StopOnSaveError = "stop-writes-on-bgsave-error";
    private const string SavePoints = "save";

    private static readonly RespCommand Nodes = RespCommand.Of("CLUSTER", "NODES");
    private static readonly RespCommand Shards = RespCommand.Of("CLUSTER", "SHARDS");
    private static readonly RespCommand ClusterState = RespCommand.Of("CLUSTER", "INFO");
    private static readonly RespCommand Info = RespCommand.Of("INFO");
    private static readonly RespCommand Role = RespCommand.Of("ROLE");
    private static readonly RespCommand Migrations = RespCommand.Of("CLUSTER", "GETSLOTMIGRATIONS");
    private static readonly RespCommand MyId = RespCommand.Of("CLUSTER", "MYID");
    private static readonly RespCommand SaveConfig = RespCommand.Of("CLUSTER", "SAVECONFIG");

    /// <summary>CLUSTER BUMPEPOCH: the node's epoch is the highest from then on. Nothing is done where it is that already.</summary>
    public static readonly RespCommand BumpEpoch = RespCommand.Of("CLUSTER", "BUMPEPOCH");

    private static readonly ImmutableArray<RespCommand> Report = [Nodes, Shards, ClusterState, Info];

    /// <summary>
    /// CLUSTER NODES, CLUSTER SHARDS, CLUSTER INFO and INFO in one round trip; where a snapshot has failed, in a second
    /// one whether the server refuses writes for it.
    /// </summary>
    public static async Task<NodeReport> ReportAsync(this ValkeyConnection node, CancellationToken ct)
    {
        var report = await FourRepliesAsync(node, ct);
        var storage = report.Server.Storage;
        return storage.Saved is false
            ? report with
            {
                Server = report.Server with
                {
                    Storage = storage with { StopsAfterFailedSave = await StopsAfterFailedSaveAsync(node, ct) },
                },
            }
            : report;
    }

    private static async Task<NodeReport> FourRepliesAsync(ValkeyConnection node, CancellationToken ct)
    {
        var replies = await node.SendAllAsync(Report, ct);
        var unrecognized = new List<string>();
        try
        {
            var peers = ClusterNodesParser.Parse(Text(node, Nodes, replies[0]), unrecognized);
            var shards = ClusterShardsParser.Parse(Accepted(node, Shards, replies[1]), unrecognized);
            var cluster = ClusterInfoParser.Parse(Text(node, ClusterState, replies[2]), unrecognized);
            var server = ServerInfoParser.Parse(Text(node, Info, replies[3]), unrecognized);
            return new NodeReport(peers, shards, cluster, server)
            {
                Unrecognized = [.. unrecognized.Distinct(StringComparer.Ordinal)],
            };
        }
        catch (ReplyFormatException e)
        {
            throw Unreadable(node, e);
        }
    }

    /// <returns>Null where it may not be asked.</returns>
    private static async Task<bool?> StopsAfterFailedSaveAsync(ValkeyConnection node, CancellationToken ct)
    {
        try
        {
            var settings = await node.ConfigGetAllAsync([StopOnSaveError, SavePoints], ct);
            return
                settings.TryGetValue(StopOnSaveError, out var stops) && settings.TryGetValue(SavePoints, out var save)
                ? stops == "yes" && save.Length > 0
                : null;
        }
        catch (OperationFailedException) when (!node.IsBroken)
        {
            return null; // a user who may see the cluster need not be one who may see settings
        }
    }

    public static async Task<ClusterInfo> ClusterInfoAsync(this ValkeyConnection node, CancellationToken ct)
    {
        try
        {
            return ClusterInfoParser.Parse(Text(node, ClusterState, await node.SendAsync(ClusterState, ct)), []);
        }
        catch (ReplyFormatException e)
        {
            throw Unreadable(node, e);
        }
    }

    /// <summary>CLUSTER NODES alone.</summary>
    public static async Task<ImmutableArray<PeerRow>> PeersAsync(this ValkeyConnection node, CancellationToken ct)
    {
        try
        {
            return ClusterNodesParser.Parse(Text(node, Nodes, await node.SendAsync(Nodes, ct)), []);
        }
        catch (ReplyFormatException e)
        {
            throw Unreadable(node, e);
        }
    }

    /// <summary>By ROLE, the cheapest of the commands that tell it: a replica follows its primary's stream, or it is a primary.</summary>
    public static async Task<bool> IsLinkedAsync(this ValkeyConnection node, CancellationToken ct) =>
        await node.RoleAsync(ct) is { IsPrimary: true } or { LinkUp: true };

    public static async Task<NodeRole> RoleAsync(this ValkeyConnection node, CancellationToken ct) =>
        Accepted(node, Role, await node.SendAsync(Role, ct)) switch
        {
            RespValue.Array { Items: [var role, RespValue.Integer offset, ..] } when role.AsText() == "master" =>
                new NodeRole(IsPrimary: true, LinkUp: false, offset.Value),
            RespValue.Array { Items: [var role, _, _, var state, RespValue.Integer offset, ..] }
                when role.AsText() == "slave" => new NodeRole(
                IsPrimary: false,
                LinkUp: state.AsText() == "connected",
                offset.Value
            ),
            _ => throw Unreadable(node, new ReplyFormatException(Role.Title, "reply", "neither master nor slave", "")),
        };

    public static async Task<NodeId> MyIdAsync(this ValkeyConnection node, CancellationToken ct)
    {
        var text = Text(node, MyId, await node.SendAsync(MyId, ct));
        return NodeId.TryParse(text, null, out var id)
            ? id
            : throw Unreadable(node, new ReplyFormatException(MyId.Title, "reply", "not a node id", text));
    }

    /// <summary>Whether the node has finished getting to know another.</summary>
    public static async Task<bool> KnowsAsync(this ValkeyConnection node, NodeId other, CancellationToken ct) =>
        (await node.PeersAsync(ct)).Any(p => p.Id == other && !p.IsMeeting);

    public static async Task<ServerInfo> ServerInfoAsync(this ValkeyConnection node, CancellationToken ct)
    {
        try
        {
            return ServerInfoParser.Parse(Text(node, Info, await node.SendAsync(Info, ct)), []);
        }
        catch (ReplyFormatException e)
        {
            throw Unreadable(node, e);
        }
    }

    /// <summary>Atomic slot migrations, the latest first; none where the server has no such thing.</summary>
    public static async Task<ImmutableArray<SlotMigration>> SlotMigrationsAsync(
        this ValkeyConnection node,
        CancellationToken ct
    )
    {
        try
        {
            return SlotMigrationsParser.Parse(await node.SendAsync(Migrations, ct));
        }
        catch (ReplyFormatException e)
        {
            throw Unreadable(node, e);
        }
    }

    /// <summary>
    /// Makes the node shake hands with the one at an address. The server only takes IP addresses, and answers
    /// before the handshake. The node behind the address must have said who it is before.
    /// </summary>
    /// <param name="busPort">1 to 65535; null for the client port + 10000.</param>
    public static Task MeetAsync(this ValkeyConnection node, NodeAddress address, int? busPort, CancellationToken ct)
    {
        var port = address.Port.ToString();
        return DoAsync(
            node,
            busPort is null
                ? RespCommand.Of("CLUSTER", "MEET", address.Host, port)
                : RespCommand.Of("CLUSTER", "MEET", address.Host, port, busPort.Value.ToString()),
            ct
        );
    }

    /// <summary>Gives the node slots that nobody has. All of them or, where one is taken, none.</summary>
    public static Task AddSlotsRangeAsync(this ValkeyConnection node, SlotSet slots, CancellationToken ct) =>
        slots.IsEmpty ? Task.CompletedTask : DoAsync(node, OfRanges("ADDSLOTSRANGE", slots), ct);

    /// <param name="word">ADDSLOTSRANGE or DELSLOTSRANGE.</param>
    /// <param name="slots">At least one.</param>
    public static RespCommand OfRanges(string word, SlotSet slots) => RespCommand.Of(["CLUSTER", word, .. Ends(slots)]);

    /// <summary>Has the node give slots of its own, with what is in them, to another: atomically, from 9.0 on.</summary>
    /// <param name="slots">At least one.</param>
    public static RespCommand OfMigration(SlotSet slots, NodeId to) =>
        RespCommand.Of(["CLUSTER", "MIGRATESLOTS", "SLOTSRANGE", .. Ends(slots), "NODE", to.Value]);

    private static IEnumerable<string> Ends(SlotSet slots) =>
        slots.Ranges.SelectMany(r => new[] { r.First.ToString(), r.Last.ToString() });

    /// <summary>Only taken by a node that knows no other and has no epoch yet.</summary>
    /// <param name="epoch">At least 1.</param>
    public static Task SetConfigEpochAsync(this ValkeyConnection node, long epoch, CancellationToken ct) =>
        DoAsync(node, RespCommand.Of("CLUSTER", "SET-CONFIG-EPOCH", epoch.ToString()), ct);

    /// <summary>Makes the node a replica of a primary that it knows. A primary has to be without slots and keys.</summary>
    public static Task ReplicateAsync(this ValkeyConnection node, NodeId primary, CancellationToken ct) =>
        DoAsync(node, RespCommand.Of("CLUSTER", "REPLICATE", primary.Value), ct);

    /// <summary>Has the node write its <c>nodes.conf</c> now.</summary>
    public static Task SaveConfigAsync(this ValkeyConnection node, CancellationToken ct) =>
        DoAsync(node, SaveConfig, ct);

    /// <returns>The value; null where the server has no such setting.</returns>
    public static async Task<string?> ConfigGetAsync(this ValkeyConnection node, string name, CancellationToken ct)
    {
        var command = RespCommand.Of("CONFIG", "GET", name);
        return Accepted(node, command, await node.SendAsync(command, ct)) switch
        {
            RespValue.Array { Items: [] } or RespValue.Map { Entries: [] } => null,
            RespValue.Array { Items: [_, var value] } when value.AsText() is { } text => text,
            RespValue.Map { Entries: [var entry] } when entry.Value.AsText() is { } text => text,
            _ => throw Unreadable(node, new ReplyFormatException(command.Title, name, "not one value", "")),
        };
    }

    /// <summary>Several settings in one round trip, by their names; those that the server does not have are missing.</summary>
    public static async Task<ImmutableDictionary<string, string>> ConfigGetAllAsync(
        this ValkeyConnection node,
        IEnumerable<string> names,
        CancellationToken ct
    )
    {
        var command = RespCommand.Of(["CONFIG", "GET", .. names]);
        ImmutableArray<RespValue> words = Accepted(node, command, await node.SendAsync(command, ct)) switch
        {
            RespValue.Array array => array.Items,
            RespValue.Map map => [.. map.Entries.SelectMany(e => new[] { e.Key, e.Value })],
            _ => [RespValue.Null.Instance],
        };
        if (words.Length % 2 != 0 || words.Any(w => w.AsText() is null))
        {
            throw Unreadable(node, new ReplyFormatException(command.Title, "reply", "not pairs of name and value", ""));
        }
        return words
            .Chunk(2)
            .ToImmutableDictionary(p => p[0].AsText()!, p => p[1].AsText()!, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>All of them or, where one is refused, none.</summary>
    public static Task ConfigSetAllAsync(
        this ValkeyConnection node,
        IEnumerable<(string Name, string Value)> settings,
        CancellationToken ct
    ) => DoAsync(node, RespCommand.Of(["CONFIG", "SET", .. settings.SelectMany(s => new[] { s.Name, s.Value })]), ct);

    public static Task ConfigSetAsync(this ValkeyConnection node, string name, string value, CancellationToken ct) =>
        DoAsync(node, RespCommand.Of("CONFIG", "SET", name, value), ct);

    /// <summary>The reply, which is no error.</summary>
    public static async Task<RespValue> AskAsync(
        this ValkeyConnection node,
        RespCommand command,
        CancellationToken ct
    ) => Accepted(node, command, await node.SendAsync(command, ct));

    private static async Task DoAsync(ValkeyConnection node, RespCommand command, CancellationToken ct) =>
        _ = await node.AskAsync(command, ct);

    private static RespValue Accepted(ValkeyConnection node, RespCommand command, RespValue reply) =>
        reply is RespValue.Error error ? throw Refusal.OfQuestion(error, node.Label, command.Title) : reply;

    private static string Text(ValkeyConnection node, RespCommand command, RespValue reply) =>
        Accepted(node, command, reply).AsText()
        ?? throw Unreadable(node, new ReplyFormatException(command.Title, "reply", "not a text", reply.GetType().Name));

    private static OperationFailedException Unreadable(ValkeyConnection node, ReplyFormatException e) =>
        new(
            $"the reply can't be read: {e.Message}",
            member: node.Label,
            command: e.Command,
            next: "check that the server is of a supported version (Valkey 7.2 to 9.1, Redis 7.0 or 7.2)",
            cause: e
        );
}
