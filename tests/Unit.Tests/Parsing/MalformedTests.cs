using System.Collections.Immutable;
using Slotwright.Core.Observing;
using Slotwright.Valkey.Parsing;
using Slotwright.Valkey.Resp;

namespace Slotwright.Unit.Tests.Parsing;

/// <summary>Replies that are not as servers write them are errors which say what and where.</summary>
public sealed class MalformedTests
{
    private const string Id = "07c37dfeb235213a872192d90877d0cd55635b91";
    private const string Other = "e7d1eecce10fd6bb5eb35b9f99a514335d9ba9ca";
    private const string Good =
        $"{Id} 10.0.0.1:6379@16379,m-0.example myself,master - 0 0 1 connected 0-5 7 [8->-{Other}]";

    [Fact]
    public void The_good_line_is_good()
    {
        var row = Assert.Single(ClusterNodesParser.Parse(Good, []));
        Assert.Equal("0-5,7", row.Slots.ToString());
        Assert.Equal(new OpenSlot(8, false, Core.Cluster.NodeId.Parse(Other)), Assert.Single(row.OpenSlots));
    }

    [Theory]
    [InlineData(Id, "07c37dfe", "line 1, id: not a node id")]
    [InlineData(Id, "07C37DFEB235213A872192D90877D0CD55635B91", "line 1, id: not a node id")]
    [InlineData("@16379", "", "line 1, address: not IP:PORT@BUSPORT")]
    [InlineData("10.0.0.1:6379@", "@", "line 1, address: not IP:PORT@BUSPORT")]
    [InlineData(":6379@", ":x@", "line 1, address: not a whole number")]
    [InlineData(":6379@", ":65536@", "line 1, address: not a port")]
    [InlineData("@16379", "@", "line 1, address: not a whole number")]
    [InlineData("m-0.example", "m-0.example,shard", "line 1, auxiliary fields: not NAME=VALUE")]
    [InlineData("myself,master", "myself,,master", "line 1, flags: an empty flag")]
    [InlineData("myself,", "", "all lines: 0 lines have the flag myself")]
    [InlineData(" - ", " x ", "line 1, primary: not a node id")]
    [InlineData(" 0 0 1 ", " -1 0 1 ", "line 1, ping-sent: not a whole number")]
    [InlineData(" 0 0 1 ", " 0 x 1 ", "line 1, pong-received: not a whole number")]
    [InlineData(" 0 0 1 ", " 0 0 1.5 ", "line 1, config-epoch: not a whole number")]
    [InlineData(" 0 0 1 ", " 0  1 ", "line 1, pong-received: not a whole number")]
    [InlineData(" 0 0 1 ", " 0 1 ", "line 1, config-epoch: not a whole number")]
    [InlineData("connected", "linked", "line 1, link-state: neither connected nor disconnected: 'linked'")]
    [InlineData("0-5", "5-0", "line 1, slots: neither a slot, a range of slots, nor an open slot: '5-0'")]
    [InlineData("0-5", "0-16384", "line 1, slots: neither a slot")]
    [InlineData("0-5 ", "0-5  ", "line 1, slots: neither a slot")]
    [InlineData("[8->-", "[8-x-", "line 1, slots: not an open slot")]
    [InlineData("[8->-", "[->-", "line 1, slots: not an open slot")]
    [InlineData("[8->-", "[16384->-", "line 1, slots: not an open slot")]
    [InlineData(Other + "]", Other, "line 1, slots: not an open slot")]
    [InlineData(Other + "]", "]", "line 1, slots: not a node id")]
    [InlineData(" - 0 0 1 connected 0-5 7 [8->-" + Other + "]", "", "line 1: has 3 fields, not at least 8")]
    public void A_line_of_cluster_nodes(string good, string bad, string expected)
    {
        Assert.Contains(good, Good);
        var text = Good.Replace(good, bad, StringComparison.Ordinal);
        var error = Assert.Throws<ReplyFormatException>(() => ClusterNodesParser.Parse(text, []));
        Assert.Contains($"CLUSTER NODES, {expected}", error.Message);
    }

    [Fact]
    public void Two_lines_that_are_both_the_nodes_own()
    {
        var text = $"{Good}\n{Good.Replace(Id, Other, StringComparison.Ordinal)}\n";
        var error = Assert.Throws<ReplyFormatException>(() => ClusterNodesParser.Parse(text, []));
        Assert.Contains("2 lines have the flag myself, not one", error.Message);
    }

    [Fact]
    public void The_line_that_is_wrong_is_the_one_that_is_named()
    {
        var error = Assert.Throws<ReplyFormatException>(() => ClusterNodesParser.Parse($"{Good}\nrubbish\n", []));
        Assert.Equal(("line 2", "rubbish"), (error.Where, error.Offending));
    }

    [Fact]
    public void Lines_of_nodes_conf_are_read_too()
    {
        const string Shard = "5c0ee57ce4d8d5ba9be8bd3b5d2d5d1a43ee1d6f";
        var unrecognized = new List<string>();
        var rows = ClusterNodesParser.Parse(
            $"""
            {Id} 10.0.0.1:6379@16379,,tls-port=0,shard-id={Shard} myself,master - 0 0 1 connected 0-5
            {Other} 10.0.0.2:6379@16379,m-1.example,nodename=m-1,tls-port=0,shard-id={Shard},mood=good slave {Id} 0 0 1 connected
            """,
            unrecognized
        );
        Assert.Equal([Shard, Shard], rows.Select(r => r.ShardId!), StringComparer.Ordinal);
        Assert.Equal(["", "m-1.example"], rows.Select(r => r.Hostname), StringComparer.Ordinal);
        Assert.Equal(["CLUSTER NODES: auxiliary field mood"], unrecognized);
    }

    [Theory]
    [InlineData("cluster_state:ok", "cluster_state:good", "cluster_state: neither ok nor fail: 'good'")]
    [InlineData("cluster_state:ok", "cluster_state", "line 1: not NAME:VALUE: 'cluster_state'")]
    [InlineData("cluster_slots_ok:16384", "cluster_slots_ok:", "cluster_slots_ok: not a whole number")]
    [InlineData("cluster_slots_ok:16384", "cluster_slots_ok:-1", "cluster_slots_ok: not a whole number")]
    [InlineData("cluster_known_nodes", "cluster_unknown_nodes", "cluster_known_nodes: the field is missing")]
    public void A_field_of_cluster_info(string good, string bad, string expected)
    {
        var text = Recording.Read("valkey-9.1", "formed-by-ip").ClusterInfo;
        Assert.Contains(good, text);
        var error = Assert.Throws<ReplyFormatException>(() =>
            ClusterInfoParser.Parse(text.Replace(good, bad, StringComparison.Ordinal), [])
        );
        Assert.Contains($"CLUSTER INFO, {expected}", error.Message);
    }

    [Theory]
    [InlineData("role:slave", "role:king", "role: neither master nor slave: 'king'")]
    [InlineData("master_link_status:up", "master_link_status:so-so", "master_link_status: neither up nor down")]
    [InlineData("master_sync_in_progress:0", "master_sync_in_progress:2", "master_sync_in_progress: neither 0 nor 1")]
    [InlineData("loading:0", "loading:x", "loading: neither 0 nor 1")]
    [InlineData("slave_repl_offset:", "slave_repl_offset:x", "slave_repl_offset: not a whole number")]
    [InlineData("slave_repl_offset:", "old_repl_offset:", "slave_repl_offset: the field is missing")]
    [InlineData("valkey_version:", "valkey_version:v", "valkey_version: not a version")]
    [InlineData("db0:keys=", "db0:number=", "db0: does not begin with keys=")]
    [InlineData("db0:keys=", "db0:keys=x", "db0: not a whole number")]
    [InlineData("used_memory:", "used_memory:1e", "used_memory: not a whole number")]
    [InlineData("aof_enabled:", "aof_enabled:2", "aof_enabled: neither 0 nor 1")]
    [InlineData(
        "aof_last_write_status:ok",
        "aof_last_write_status:o",
        "aof_last_write_status: neither ok nor err: 'o'"
    )]
    [InlineData("rdb_last_bgsave_status:ok", "rdb_last_bgsave_status:", "rdb_last_bgsave_status: neither ok nor err")]
    public void A_field_of_info(string good, string bad, string expected)
    {
        var text = Recording.Read("valkey-9.1", "formed-by-ip-replica").Info;
        Assert.Contains(good, text);
        var error = Assert.Throws<ReplyFormatException>(() =>
            ServerInfoParser.Parse(text.Replace(good, bad, StringComparison.Ordinal), [])
        );
        Assert.Contains($"INFO, {expected}", error.Message);
    }

    public static TheoryData<RespValue, string> BadShards { get; } =
        new()
        {
            { Text("no"), "reply: not an array: 'no'" },
            { Items(Text("x")), "shard 1: neither a map nor an array of pairs" },
            { Items(Items(Text("slots"))), "shard 1: neither a map nor an array of pairs" },
            { Items(Items(Text("nodes"), Items())), "shard 1: the field slots is missing" },
            { Items(Items(Text("slots"), Items())), "shard 1: the field nodes is missing" },
            { Items(Items(Text("slots"), Items(Number(1)))), "shard 1, slots: an odd number of range ends" },
            { Items(Items(Text("slots"), Items(Number(2), Number(1)))), "shard 1, slots: not a range of slots: '2-1'" },
            { Items(Items(Text("slots"), Items(Items(), Items()))), "shard 1, slots: not a number" },
            { Shard(Items(Text("id"), Text("x"))), "shard 1, node 1, id: not a node id" },
            { Shard(Items()), "shard 1, node 1: the field id is missing" },
            {
                Shard(Items(Text("id"), Text(Id), Text("id"), Text(Id))),
                "shard 1, node 1: a field that comes twice: 'id'"
            },
            { Node("role", Text("king")), "node 1, role: neither master nor replica: 'king'" },
            { Node("port", Number(65536)), "node 1, port: not a port" },
            { Node("port", Items()), "node 1, port: not a number" },
            { Node("replication-offset", Text("x")), "node 1, replication-offset: not a whole number" },
            { Node("health", Text("")), "node 1, health: is missing" },
            { Node("ip", Number(1)), "node 1, ip: not a text" },
        };

    [Theory]
    [MemberData(nameof(BadShards))]
    public void A_shard_of_cluster_shards(RespValue reply, string expected)
    {
        var error = Assert.Throws<ReplyFormatException>(() => ClusterShardsParser.Parse(reply, []));
        Assert.Contains(expected, error.Message);
        Assert.StartsWith("CLUSTER SHARDS, ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_shard_that_these_are_made_from_is_good()
    {
        var row = Assert.Single(ClusterShardsParser.Parse(Node("port", Number(1)), []));
        Assert.Equal(1, Assert.Single(row.Nodes).Port);
    }

    [Fact]
    public void Slots_as_texts_as_the_first_releases_wrote_them()
    {
        var shard = Items(Text("slots"), Items(Text("0"), Text("5460")), Text("nodes"), Items());
        Assert.Equal("0-5460", Assert.Single(ClusterShardsParser.Parse(Items(shard), [])).Slots.ToString());
    }

    private static RespValue.Array Node(string field, RespValue value)
    {
        var fields = new Dictionary<string, RespValue>(StringComparer.Ordinal)
        {
            ["id"] = Text(Id),
            ["role"] = Text("master"),
            ["replication-offset"] = Number(0),
            ["health"] = Text("online"),
            [field] = value,
        };
        return Shard(Items([.. fields.SelectMany(f => new RespValue[] { Text(f.Key), f.Value })]));
    }

    private static RespValue.Array Shard(RespValue node) =>
        Items(Items(Text("slots"), Items(), Text("nodes"), Items(node)));

    private static RespValue.Array Items(params RespValue[] items) => new(ImmutableArray.Create(items));

    private static RespValue.Bulk Text(string text) => RespValue.Bulk.Of(text);

    private static RespValue.Integer Number(long number) => new(number);
}
