using System.Collections.Immutable;
using System.Text;
using Slotwright.Core.Cluster;
using Slotwright.Core.Slots;
using Slotwright.Operations.Running;
using Slotwright.Valkey.Resp;
using Slotwright.Valkey.Routing;

namespace Slotwright.Unit.Tests.Routing;

/// <summary>A cluster in memory. Slots are divided over its first nodes; the last one owns none.</summary>
internal sealed class FakeCluster
{
    private readonly FakeNode[] _owners = new FakeNode[HashSlot.Count];
    private int _mapsTold;

    public FakeCluster(int primaries = 2)
    {
        Nodes =
        [
            .. Enumerable.Range(0, primaries + 1).Select(i => new FakeNode(this, new NodeAddress("fake", 7000 + i))),
        ];
        foreach (var (node, slots) in Nodes.Zip(SlotSet.Split(primaries)))
        {
            Give(node, slots);
        }
    }

    public ImmutableArray<FakeNode> Nodes { get; }

    public FakeNode Spare => Nodes[^1];

    /// <summary>What CLUSTER SLOTS tells where that is not the truth.</summary>
    public Func<RespValue>? Told { get; set; }

    public static int SlotOf(string key) => HashSlot.Of(Encoding.UTF8.GetBytes(key));

    public FakeNode OwnerOf(string key) => _owners[SlotOf(key)];

    public FakeNode Node(NodeAddress address) => Nodes.Single(n => n.Address == address);

    public void Give(FakeNode node, SlotSet slots)
    {
        foreach (var slot in slots)
        {
            _owners[slot] = node;
        }
    }

    /// <summary>How often a node was asked for the map.</summary>
    public int MapsTold => _mapsTold;

    public RespValue SlotsReply()
    {
        Interlocked.Increment(ref _mapsTold);
        return Told?.Invoke() ?? Truth();
    }

    public RespValue Truth()
    {
        var owned = _owners.Select((owner, slot) => (owner, slot)).GroupBy(p => p.owner, p => p.slot);
        var rows = owned.SelectMany(g => SlotSet.OfSlots(g).Ranges.Select(r => Row(r, g.Key.Address)));
        return new RespValue.Array([.. rows]);
    }

    public ClusterClientOptions Options(TimeProvider? time = null) =>
        new(
            [Nodes[0].Address],
            (address, _) => ValueTask.FromResult(Node(address).Connect()),
            Credentials: null,
            time ?? TimeProvider.System,
            new Random(1)
        )
        {
            Pause = TimeSpan.FromMilliseconds(1),
            MapInterval = TimeSpan.FromMilliseconds(1),
        };

    public Task<ClusterClient> ClientAsync(TimeSpan? budget = null, int depth = 16) =>
        ClusterClient.OpenAsync(Options() with { Budget = budget ?? TimeSpan.FromSeconds(10), Depth = depth }, default);

    /// <summary>A key in one of its slots.</summary>
    public string KeyOf(FakeNode node) =>
        Enumerable.Range(0, int.MaxValue).Select(i => $"k{i}").First(k => OwnerOf(k) == node);

    public static Task<RoutedReply> SetAsync(ClusterClient client, string key) =>
        client.SendAsync(SlotOf(key), RespCommand.Of("SET", key, "1"), default).AsTask();

    public static async Task EventuallyAsync(Func<bool> condition) =>
        Assert.True(
            await Wait.UntilAsync(
                _ => ValueTask.FromResult(condition()),
                TimeSpan.FromSeconds(10),
                TimeProvider.System,
                default
            )
        );

    private static RespValue.Array Row(SlotRange range, NodeAddress address) =>
        new([
            RespValue.Integer.Of(range.First),
            RespValue.Integer.Of(range.Last),
            new RespValue.Array([RespValue.Bulk.Of(address.Host), RespValue.Integer.Of(address.Port)]),
        ]);
}
