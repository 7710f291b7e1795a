using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Observing;
using Slotwright.Core.Slots;

namespace Slotwright.Core.Tests.Support;

/// <summary>What the nodes of a topology say where all of them see it as it is, and ways to have them say otherwise.</summary>
internal static class Views
{
    /// <summary>One view a member, in the order of the ordinals; a node that does not answer says nothing.</summary>
    public static ImmutableArray<NodeView> Of(Topology topology) =>
        [
            .. topology
                .Members.Values.OrderBy(m => m.Ordinal)
                .Select(m =>
                    topology.NodeOf(m.Name) is { Reachable: true } node
                        ? new NodeView(m.Address, m.Name, Report(topology, node), null)
                        : Silent(m)
                ),
        ];

    public static Observation Merged(this ImmutableArray<NodeView> views, Topology topology) =>
        Merge.Of([.. topology.Members.Values], views);

    /// <summary>The member does not answer.</summary>
    public static ImmutableArray<NodeView> Silence(this ImmutableArray<NodeView> views, int ordinal) =>
        views.SetItem(ordinal, views[ordinal] with { Report = null, Unreachable = "connection refused" });

    /// <summary>The member says this of one node.</summary>
    public static ImmutableArray<NodeView> Says(
        this ImmutableArray<NodeView> views,
        int ordinal,
        NodeId of,
        Func<PeerRow, PeerRow> change
    ) => views.WithPeers(ordinal, peers => peers.Select(p => p.Id == of ? change(p) : p));

    public static ImmutableArray<NodeView> Says(
        this ImmutableArray<NodeView> views,
        int ordinal,
        int of,
        Func<PeerRow, PeerRow> change
    ) => views.Says(ordinal, views[of].Report!.Id, change);

    /// <summary>All who answer, but the node itself, say this of one node.</summary>
    public static ImmutableArray<NodeView> OthersSay(
        this ImmutableArray<NodeView> views,
        NodeId of,
        Func<PeerRow, PeerRow> change
    ) =>
        Enumerable
            .Range(0, views.Length)
            .Where(i => views[i].Report is { } report && report.Id != of)
            .Aggregate(views, (v, i) => v.Says(i, of, change));

    /// <summary>The member does not know a node.</summary>
    public static ImmutableArray<NodeView> Forgets(this ImmutableArray<NodeView> views, int ordinal, int node)
    {
        var id = views[node].Report!.Id;
        return views.WithPeers(ordinal, peers => peers.Where(p => p.Id != id));
    }

    /// <summary>The member knows one more.</summary>
    public static ImmutableArray<NodeView> Learns(this ImmutableArray<NodeView> views, int ordinal, PeerRow peer) =>
        views.WithPeers(ordinal, peers => peers.Append(peer));

    public static ImmutableArray<NodeView> WithInfo(
        this ImmutableArray<NodeView> views,
        int ordinal,
        Func<ClusterInfo, ClusterInfo> change
    ) => views.With(ordinal, r => r with { Cluster = change(r.Cluster) });

    public static ImmutableArray<NodeView> WithServer(
        this ImmutableArray<NodeView> views,
        int ordinal,
        Func<ServerInfo, ServerInfo> change
    ) => views.With(ordinal, r => r with { Server = change(r.Server) });

    public static ImmutableArray<NodeView> With(
        this ImmutableArray<NodeView> views,
        int ordinal,
        Func<NodeReport, NodeReport> change
    ) => views.SetItem(ordinal, views[ordinal] with { Report = change(views[ordinal].Report!) });

    /// <summary>A node that nobody has named yet, alive and at an address of its own.</summary>
    public static PeerRow Stranger(string hostname = "", string host = "192.0.2.1") =>
        new(
            NodeId.Parse(new string('9', 40)),
            new NodeAddress(host, 6379),
            16379,
            hostname,
            PeerFlags.Primary,
            Primary: null,
            PingSent: 0,
            PongReceived: 1,
            ConfigEpoch: 3,
            Linked: true,
            SlotSet.Empty,
            []
        );

    public static ImmutableArray<NodeView> WithPeers(
        this ImmutableArray<NodeView> views,
        int ordinal,
        Func<IEnumerable<PeerRow>, IEnumerable<PeerRow>> change
    ) =>
        views.With(
            ordinal,
            r => new NodeReport([.. change(r.Peers)], r.Shards, r.Cluster, r.Server) { Unrecognized = r.Unrecognized }
        );

    private static NodeView Silent(Member member) => new(member.Address, member.Name, null, "connection refused");

    private static NodeReport Report(Topology topology, Node self)
    {
        var known = topology.Nodes.Where(n => self.Alone ? n.Id == self.Id : !n.Alone).ToArray();
        return new NodeReport(
            [.. known.Select(n => Row(n, n.Id == self.Id))],
            [.. known.Where(n => n.IsPrimary).Select(p => Shard(p, known))],
            new ClusterInfo(true, 16384, 16384, 0, 0, known.Length, known.Count(n => !n.Slots.IsEmpty), 9, self.Epoch),
            Server(self)
        );
    }

    private static PeerRow Row(Node node, bool isSelf) =>
        new(
            node.Id,
            node.Address,
            node.Address.Port + 10000,
            node.Hostname,
            (node.IsPrimary ? PeerFlags.Primary : PeerFlags.Replica)
                | (isSelf ? PeerFlags.Myself : PeerFlags.None)
                | (node.Failed ? PeerFlags.Fail : PeerFlags.None),
            node.Primary,
            PingSent: 0,
            PongReceived: 1,
            node.Epoch,
            Linked: node.Reachable,
            node.Slots,
            []
        );

    private static ShardRow Shard(Node primary, Node[] known) =>
        new(
            null,
            primary.Slots,
            [
                .. known
                    .Where(n => n.Id == primary.Id || n.Primary == primary.Id)
                    .Select(n => new ShardNodeRow(
                        n.Id,
                        n.Address.Host,
                        n.Address.Host,
                        n.Hostname,
                        n.Address.Port,
                        0,
                        n.IsPrimary,
                        n.Offset,
                        "online",
                        ""
                    )),
            ]
        );

    private static ServerInfo Server(Node self) =>
        new(
            "valkey",
            new Version(9, 1, 0),
            Zone: "",
            self.IsPrimary,
            PrimaryLinkUp: self.Link == LinkState.InSync,
            SyncInProgress: self.Link == LinkState.Syncing,
            Loading: false,
            self.Offset,
            ConnectedReplicas: self.IsPrimary ? 1 : 0,
            ConnectedClients: 1,
            UsedMemory: 2_000_000,
            MaxMemory: 64 << 20,
            OpsPerSecond: 0,
            self.Keys,
            TimeSpan.FromMinutes(1),
            ImmutableDictionary<string, string>.Empty
        )
        {
            Storage = new StorageInfo(AppendOnly: true, Appended: true, Rewritten: true, Saved: true),
            EvictionPolicy = "noeviction",
        };
}
