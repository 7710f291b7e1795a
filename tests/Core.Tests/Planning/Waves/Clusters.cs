using System.Collections.Immutable;
using CsCheck;
using Slotwright.Core.Cluster;
using Slotwright.Core.Placement;
using Slotwright.Core.Slots;
using Slotwright.Core.Tests.Support;

namespace Slotwright.Core.Tests.Planning.Waves;

/// <summary>Formed clusters whose members are to come to another revision.</summary>
internal static class Clusters
{
    public const string Old = "8.1.1-a";
    public const string New = "9.1.2-b";

    /// <summary>As bootstrap would place them, all of them old.</summary>
    public static Topology Placed(int shards, int replicas, int zones) =>
        Of(
            Placer
                .Place(
                    new PlacementRequest(
                        [
                            .. Members
                                .Fresh(shards * (replicas + 1), zones)
                                .Members.Values.Select(m => new PlacementMember(m.Name, m.Ordinal, m.Zone)),
                        ],
                        shards,
                        replicas
                    )
                )
                .Shards.Select(s => s.Nodes.Select(n => n.Ordinal).ToArray())
                .ToArray(),
            o => $"az-{(char)('a' + (o % zones))}"
        );

    /// <param name="shards">The ordinals of each, its primary first.</param>
    public static Topology Of(int[][] shards, Func<int, string?> zone)
    {
        var fresh = Members.Fresh(shards.Sum(s => s.Length), zone);
        var slots = SlotSet.Split(shards.Length);
        var topology = fresh with
        {
            Members = fresh.Members.ToImmutableSortedDictionary(
                m => m.Key,
                m => m.Value with { Revision = Old, DesiredRevision = New },
                StringComparer.Ordinal
            ),
        };
        foreach (var (shard, index) in shards.Select((s, i) => (s, i)))
        {
            foreach (var ordinal in shard)
            {
                var isPrimary = ordinal == shard[0];
                topology = topology.Change(
                    Members.Name(ordinal),
                    n =>
                        n with
                        {
                            Primary = isPrimary ? null : Members.Id(shard[0]),
                            Slots = isPrimary ? slots[index] : SlotSet.Empty,
                            Link = isPrimary ? LinkState.None : LinkState.InSync,
                            Keys = 10,
                            Epoch = index + 1,
                            Offset = 100,
                            Joined = true,
                            Alone = false,
                            Apart = false,
                        }
                );
            }
        }
        return topology;
    }

    public static Topology Renew(this Topology topology, params string[] members) =>
        topology with
        {
            Members = topology.Members.SetItems(
                members.Select(m => KeyValuePair.Create(m, topology.Members[m] with { Revision = New }))
            ),
        };

    /// <summary>The member's process has ended.</summary>
    public static Topology Down(this Topology topology, string member) =>
        topology.Change(
            member,
            n => n with { Reachable = false, Link = n.IsPrimary ? LinkState.None : LinkState.Down }
        ) with
        {
            Members = topology.Members.SetItem(member, topology.Members[member] with { Phase = MemberPhase.Stopped }),
        };

    /// <summary>Shards of 0 to 3 replicas in zones as they come, some members new already, some replicas down.</summary>
    public static Gen<Topology> Any(int mostShards, bool downToo, int mostReplicas = 3) =>
        from shards in Gen.Int[1, mostShards]
        from replicas in Gen.Int[0, mostReplicas].Array[shards]
        let members = replicas.Sum(r => r + 1)
        from zones in Gen.Int[0, 3].Array[members]
        from order in Gen.Shuffle(Enumerable.Range(0, members).ToArray())
        from renewed in Gen.Int[0, 3].Array[members]
        from down in Gen.Int[0, 9].Array[members]
        select Make(replicas, zones, order, renewed, down, downToo);

    private static Topology Make(int[] replicas, int[] zones, int[] order, int[] renewed, int[] down, bool downToo)
    {
        var taken = 0;
        var shards = replicas
            .Select(r =>
            {
                var shard = order[taken..(taken + r + 1)];
                taken += r + 1;
                return shard;
            })
            .ToArray();
        var topology = Of(shards, o => zones[o] == 3 ? "az-c" : $"az-{(char)('a' + zones[o])}");
        topology = topology.Renew([
            .. Enumerable.Range(0, order.Length).Where(o => renewed[o] == 0).Select(Members.Name),
        ]);
        foreach (var ordinal in Enumerable.Range(0, order.Length).Where(o => downToo && down[o] == 0))
        {
            if (topology.NodeOf(Members.Name(ordinal)) is { IsPrimary: false })
            {
                topology = topology.Down(Members.Name(ordinal));
            }
        }
        return topology;
    }
}
