using Slotwright.Core.Cluster;
using Slotwright.Core.Observing;
using Slotwright.Valkey.Parsing;

namespace Slotwright.Unit.Tests.Parsing;

/// <summary>What each situation is recorded for.</summary>
public sealed class SituationTests
{
    public static TheoryData<string> Servers { get; } = [.. Recording.Servers];

    [Theory]
    [MemberData(nameof(Servers))]
    public void A_fresh_node_knows_only_itself_and_not_where_it_is(string server)
    {
        var report = Report(server, "fresh");
        var self = Assert.Single(report.Peers);
        Assert.Null(self.Address);
        Assert.Equal(16379, self.BusPort);
        Assert.Equal((0, false), (report.Cluster.SlotsAssigned, report.Cluster.StateOk));
        Assert.Equal(0, report.Server.Keys);
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public void A_handshake_is_no_known_peer(string server)
    {
        var report = Report(server, "handshake");
        var stranger = Assert.Single(report.Peers, p => p.Flags.HasFlag(PeerFlags.Handshake));
        Assert.EndsWith(".99", stranger.Address!.Value.Host, StringComparison.Ordinal);
        Assert.False(stranger.Linked);
        Assert.Equal([report.Self], report.Known);
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public void A_primary_of_a_formed_cluster(string server)
    {
        var report = Report(server, "formed-by-hostname");
        Assert.Equal(6, report.Peers.Length);
        Assert.All(report.Peers, p => Assert.Equal($"m-{p.Address!.Value.Host[^1]}.example", p.Hostname));
        Assert.Equal("0-5460", report.Self.Slots.ToString());
        Assert.Equal((true, 16384, 3), (report.Cluster.StateOk, report.Cluster.SlotsOk, report.Cluster.Size));
        Assert.Equal((true, 1), (report.Server.IsPrimary, report.Server.ConnectedReplicas));
        Assert.True(report.Server.Offset > 0);
        Assert.Equal(server == "redis-7.0" || server == "valkey-7.2" ? "" : "az-a", report.Server.Zone);
        Assert.Equal(3, report.Shards.Length);
        Assert.All(report.Shards, s => Assert.Equal((2, "online"), (s.Nodes.Length, s.Nodes[0].Health)));
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public void A_replica_of_a_formed_cluster(string server)
    {
        var report = Report(server, "formed-by-ip-replica");
        Assert.Equal("127.91.0.1", report.Peers.Single(p => p.Id == report.Self.Primary).Address!.Value.Host);
        Assert.Equal((false, true, false), Link(report));
        Assert.Equal("", report.Self.Hostname);
        Assert.Equal(Report(server, "formed-by-ip").Server.Keys, report.Server.Keys);
    }

    [Fact]
    public void Keys_are_summed_over_all_databases() =>
        Assert.Equal(24, Report("valkey-9.1", "formed-by-ip").Server.Keys);

    [Fact]
    public void Shards_of_newer_servers_have_an_id_and_zones()
    {
        var shards = Report("valkey-9.1", "formed-by-hostname").Shards;
        Assert.All(shards, s => Assert.Equal(40, s.Id!.Length));
        Assert.All(shards.SelectMany(s => s.Nodes), n => Assert.Matches("^az-[abc]$", n.Zone));
        Assert.All(Report("valkey-8.1", "formed-by-hostname").Shards, s => Assert.Null(s.Id));
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public void Endpoints_follow_the_preference(string server)
    {
        Assert.All(Nodes(Report(server, "formed-by-hostname")), n => Assert.Equal(n.Ip, n.Endpoint));
        Assert.All(Nodes(Report(server, "endpoint-hostname")), n => Assert.Equal(n.Hostname, n.Endpoint));
        Assert.All(
            Nodes(Report(server, "endpoint-hostname-missing")),
            n => Assert.Equal(n.Hostname.Length > 0 ? n.Hostname : "?", n.Endpoint)
        );
        Assert.All(Nodes(Report(server, "endpoint-unknown")), n => Assert.Equal("", n.Endpoint));
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public void A_replica_that_may_not_be_elected(string server)
    {
        var peer = Assert.Single(Report(server, "nofailover").Peers, p => p.Flags.HasFlag(PeerFlags.NoFailover));
        Assert.Equal("m-5.example", peer.Hostname);
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public void Open_slots_name_the_other_side(string server)
    {
        var from = Report(server, "open-slots-migrating");
        var to = Report(server, "open-slots-importing");
        var third = from.Peers.Single(p => p.Slots.Contains(16383)).Id;
        Assert.Equal([new OpenSlot(100, false, to.Id), new OpenSlot(101, false, third)], from.Self.OpenSlots);
        Assert.Equal([new OpenSlot(100, true, from.Id)], to.Self.OpenSlots);
        Assert.Equal("0-5460", from.Self.Slots.ToString());
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public void A_replica_that_copies_is_not_in_sync(string server)
    {
        var report = Report(server, "syncing");
        Assert.Equal((false, false, true), Link(report));
        Assert.False(report.Server.Loading);
        Assert.Equal(0, report.Server.Keys);
        Assert.True(Report(server, "syncing-primary").Server.Keys > 0);
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public void A_node_that_lost_its_name_leaves_a_row_without_address(string server)
    {
        var lost = Report(server, "noaddr").Peers.Where(p => p.Flags.HasFlag(PeerFlags.NoAddress)).ToList();
        Assert.NotEmpty(lost);
        Assert.All(lost, p => Assert.Equal((null, 0, false), ((NodeAddress?)p.Address, p.BusPort, p.Linked)));
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public void A_dead_primary_is_suspected_then_failed(string server)
    {
        var suspected = Report(server, "suspected");
        Assert.Contains(suspected.Peers, p => p.Flags.HasFlag(PeerFlags.Possible) && !p.Slots.IsEmpty);

        var failed = Report(server, "failed");
        Assert.Contains(failed.Peers, p => p.Flags.HasFlag(PeerFlags.Fail) && !p.Slots.IsEmpty);
        Assert.False(failed.Cluster.StateOk);
        Assert.True(failed.Cluster.SlotsFail > 5000);
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public void Without_full_coverage_only_the_counts_tell_of_a_dead_shard(string server)
    {
        var cluster = Report(server, "failed-without-full-coverage").Cluster;
        Assert.Equal((true, 16384), (cluster.StateOk, cluster.SlotsAssigned));
        Assert.True(cluster is { SlotsFail: > 5000, SlotsOk: < 16384 });
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public void A_server_that_reads_its_data_says_so(string server) =>
        Assert.True(ServerInfoParser.Parse(Recording.Read(server, "loading").Info, []).Loading);

    [Theory]
    [MemberData(nameof(Servers))]
    public void Addresses_of_IPv6(string server)
    {
        var peer = Report(server, "ipv6").Peers.Single(p => !p.Flags.HasFlag(PeerFlags.Myself));
        Assert.Equal((new NodeAddress("::1", 7379), 17379), (peer.Address!.Value, peer.BusPort));
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public void A_server_with_both_ports(string server)
    {
        var node = Assert.Single(Nodes(Report(server, "tls")));
        Assert.Equal((6379, server == "redis-7.0" ? 0 : 6390), (node.Port, node.TlsPort));
    }

    private static NodeReport Report(string server, string situation) => Recording.Read(server, situation).Report();

    private static IEnumerable<ShardNodeRow> Nodes(NodeReport report) => report.Shards.SelectMany(s => s.Nodes);

    private static (bool IsPrimary, bool LinkUp, bool Syncing) Link(NodeReport report) =>
        (report.Server.IsPrimary, report.Server.PrimaryLinkUp, report.Server.SyncInProgress);
}
