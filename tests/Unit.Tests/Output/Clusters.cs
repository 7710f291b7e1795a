using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Observing;
using Slotwright.Core.Slots;
using Slotwright.Core.Tests.Cluster;
using Slotwright.Core.Tests.Support;

namespace Slotwright.Unit.Tests.Output;

/// <summary>Clusters as they are observed, for what is printed of them.</summary>
internal static class Clusters
{
    /// <summary>Six members in three zones with some data, all well.</summary>
    public static readonly Observation Healthy = Observe(WithData(SixMembers.Formed));

    /// <summary>No zone is known, and no machine.</summary>
    public static readonly Observation WithoutZones = Observe(
        WithData(SixMembers.Formed with { Members = SixMembers.Members(6, zones: null) })
    );

    /// <summary>Six members that never met.</summary>
    public static readonly Observation Unformed = Observe(Members.Fresh(6, 3));

    /// <summary>Names as long as those of a cluster that nobody gave another name.</summary>
    public static readonly Observation LongNames = Observe(Rename(WithData(SixMembers.Formed)));

    /// <summary>A shard is dead, a replica copies everything, another lags, one knows a stranger.</summary>
    public static readonly Observation Broken = Break(WithData(SixMembers.Formed));

    public static Observation Observe(Topology topology) => Views.Of(topology).Merged(topology);

    private static Topology Rename(Topology topology) =>
        topology with
        {
            Members = topology
                .Members.Values.Select(m => m with { Name = Long(m.Name) })
                .ToImmutableSortedDictionary(m => m.Name, m => m, StringComparer.Ordinal),
            Nodes = [.. topology.Nodes.Select(n => n with { Member = Long(n.Member!) })],
        };

    private static string Long(string name) => $"valkey{name[1..]}";

    private static Observation Break(Topology topology) =>
        Views
            .Of(topology)
            .Silence(0)
            .Silence(5)
            .WithServer(3, s => s with { PrimaryLinkUp = false, SyncInProgress = true, Offset = 0, Keys = 0 })
            .WithServer(4, s => s with { Offset = s.Offset - 2_500_000 })
            .WithServer(2, s => s with { Version = new Version(9, 0, 3), OpsPerSecond = 1200 })
            .Learns(1, Views.Stranger())
            .Merged(topology);

    private static Topology WithData(Topology topology) =>
        topology with
        {
            Nodes =
            [
                .. topology.Nodes.Select(n =>
                    n with
                    {
                        Offset = 40_000_000 + (Shard(topology, n) * 1000),
                        Keys = 12_000 + Shard(topology, n),
                    }
                ),
            ],
        };

    private static int Shard(Topology topology, Node node) =>
        ImmutableArray.Create(SlotSet.Split(3).AsSpan()).IndexOf(topology.Find(node.Primary ?? node.Id)!.Slots);
}
