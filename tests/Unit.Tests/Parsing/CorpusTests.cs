using Slotwright.Core.Cluster;
using Slotwright.Core.Observing;
using Slotwright.Core.Slots;
using Slotwright.Valkey.Parsing;

namespace Slotwright.Unit.Tests.Parsing;

/// <summary>What must hold of every recording of every version.</summary>
public sealed class CorpusTests
{
    public static TheoryData<string, string> Recordings { get; } = [.. Recording.Readable];

    [Fact]
    public void The_corpus_has_the_versions_that_are_tested() =>
        Assert.Superset(
            new HashSet<string>(StringComparer.Ordinal)
            {
                "redis-7.0",
                "valkey-7.2",
                "valkey-8.0",
                "valkey-8.1",
                "valkey-9.1",
            },
            Recording.Servers.ToHashSet(StringComparer.Ordinal)
        );

    [Theory]
    [MemberData(nameof(Recordings))]
    public void Nothing_is_unrecognized(string server, string situation) =>
        Assert.Empty(Recording.Read(server, situation).Report().Unrecognized);

    [Theory]
    [MemberData(nameof(Recordings))]
    public void Every_field_of_every_line_of_cluster_nodes_is_accounted_for(string server, string situation)
    {
        var recording = Recording.Read(server, situation);
        var rows = ClusterNodesParser.Parse(recording.Nodes, []);
        Assert.Equal(recording.NodeLines, rows.Zip(recording.NodeLines, Write), StringComparer.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Recordings))]
    public void Both_protocols_say_the_same(string server, string situation)
    {
        var recording = Recording.Read(server, situation);
        var three = ClusterShardsParser.Parse(recording.Shards3, []);
        var two = ClusterShardsParser.Parse(recording.Shards, []);

        Assert.Equal(two.Select(s => (s.Id, s.Slots)), three.Select(s => (s.Id, s.Slots)));
        Assert.Equal(
            two.SelectMany(s => s.Nodes).Select(n => n with { Offset = 0 }),
            three.SelectMany(s => s.Nodes).Select(n => n with { Offset = 0 })
        );
        Assert.Equal(
            ClusterNodesParser.Parse(recording.Nodes, []).Select(p => (p.Id, p.Address, p.Slots)),
            ClusterNodesParser.Parse(recording.Nodes3, []).Select(p => (p.Id, p.Address, p.Slots))
        );
        Assert.Equal(
            ClusterInfoParser.Parse(recording.ClusterInfo, []),
            ClusterInfoParser.Parse(recording.ClusterInfo3, [])
        );
    }

    [Theory]
    [MemberData(nameof(Recordings))]
    public void The_four_replies_tell_one_story(string server, string situation)
    {
        var report = Recording.Read(server, situation).Report();
        var shardNodes = report.Shards.SelectMany(s => s.Nodes).ToDictionary(n => n.Id);
        var known = report.Known.Where(p => !p.Flags.HasFlag(PeerFlags.NoAddress)).ToList();

        Assert.Equal(report.Peers.Length, report.Cluster.KnownNodes);
        Assert.Equal(SlotSet.Union(report.Peers.Select(p => p.Slots)).Count, report.Cluster.SlotsAssigned);
        Assert.Equal(
            SlotSet.Union(report.Peers.Select(p => p.Slots)),
            SlotSet.Union(report.Shards.Select(s => s.Slots))
        );
        foreach (var peer in known)
        {
            Assert.True(shardNodes.TryGetValue(peer.Id, out var row), $"{peer.Id} is in no shard");
            Assert.Equal(peer.Flags.HasFlag(PeerFlags.Primary), row.IsPrimary);
            Assert.Equal(peer.Hostname, row.Hostname);
            Assert.Equal(peer.Flags.HasFlag(PeerFlags.Fail), row.Health == "failed");
            if (peer.Address is { } address)
            {
                Assert.Equal(address, new NodeAddress(row.Ip, row.Port));
            }
        }
        Assert.Equal(report.Self.Primary is null, report.Server.IsPrimary);
        if (report.Self.Primary is null)
        {
            Assert.Equal(report.Self.ConfigEpoch, report.Cluster.MyEpoch);
        }
        if (report.Cluster.StateOk) // before, servers have not counted yet
        {
            Assert.Equal(report.Peers.Count(p => !p.Slots.IsEmpty), report.Cluster.Size);
        }
    }

    [Theory]
    [MemberData(nameof(Recordings))]
    public void Info_is_read_as_it_is_written(string server, string situation)
    {
        var recording = Recording.Read(server, situation);
        var info = ServerInfoParser.Parse(recording.Info, []);

        Assert.Equal(server, $"{info.Product}-{info.Version.ToString(2)}");
        Assert.Equal(recording.InfoLine("role"), info.IsPrimary ? "master" : "slave");
        Assert.Equal(recording.InfoLine(info.IsPrimary ? "master_repl_offset" : "slave_repl_offset"), $"{info.Offset}");
        Assert.Equal(recording.InfoLine("loading"), info.Loading ? "1" : "0");
        Assert.Equal(recording.InfoLine("used_memory"), $"{info.UsedMemory}");
        Assert.Equal(recording.InfoLine("uptime_in_seconds"), $"{info.Uptime.TotalSeconds}");
        Assert.Equal(recording.InfoLine("availability_zone") ?? "", info.Zone);
        Assert.Equal(
            recording.Info.Split('\n').Count(l => l.Contains(':', StringComparison.Ordinal)),
            info.Fields.Count
        );
    }

    /// <summary>The line as the server writes it; of an unknown address only what the row does not keep is taken over.</summary>
    private static string Write(PeerRow row, string original)
    {
        var address = original.Split(' ')[1].Split('@')[0];
        if (row.Address is { } known)
        {
            address = $"{known.Host}:{known.Port}";
        }
        else
        {
            Assert.StartsWith(":", address, StringComparison.Ordinal);
        }
        string[] fields =
        [
            row.Id.Value,
            $"{address}@{row.BusPort}{(row.Hostname.Length > 0 ? "," : "")}{row.Hostname}",
            Write(row.Flags),
            row.Primary?.Value ?? "-",
            $"{row.PingSent}",
            $"{row.PongReceived}",
            $"{row.ConfigEpoch}",
            row.Linked ? "connected" : "disconnected",
            .. row.Slots.Ranges.Select(r => r.ToString()),
            .. row.OpenSlots.Select(o => $"[{o.Slot}-{(o.Importing ? '<' : '>')}-{o.Peer}]"),
        ];
        return string.Join(' ', fields);
    }

    private static string Write(PeerFlags flags) =>
        string.Join(
            ',',
            new[]
            {
                (PeerFlags.Myself, "myself"),
                (PeerFlags.Primary, "master"),
                (PeerFlags.Replica, "slave"),
                (PeerFlags.Possible, "fail?"),
                (PeerFlags.Fail, "fail"),
                (PeerFlags.Handshake, "handshake"),
                (PeerFlags.NoAddress, "noaddr"),
                (PeerFlags.NoFailover, "nofailover"),
            }
                .Where(f => flags.HasFlag(f.Item1))
                .Select(f => f.Item2)
        );
}
