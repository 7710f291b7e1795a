using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Slots;

namespace Slotwright.Core.Tests.Cluster;

/// <summary>Six members in three zones: m-0 to m-2 are primaries, m-3 to m-5 replicate m-1, m-2 and m-0.</summary>
internal static class SixMembers
{
    private static readonly int[] PrimaryOfReplica = [1, 2, 0];

    public static readonly Topology Formed = new(Members(6), [.. Enumerable.Range(0, 6).Select(Node)]);

    public static readonly Topology Unknown = new(Members(6), []);

    public static ImmutableSortedDictionary<string, Member> Members(int count, string? zones = "abc") =>
        Enumerable
            .Range(0, count)
            .Select(i => new Member(
                $"m-{i}",
                i,
                zones is null ? null : $"az-{zones[i % zones.Length]}",
                null,
                MemberPhase.Running,
                Address(i),
                $"m-{i}.test",
                "",
                ""
            ))
            .ToImmutableSortedDictionary(m => m.Name, m => m, StringComparer.Ordinal);

    public static Node Node(int i) =>
        new(
            Id(i),
            Address(i),
            $"m-{i}.test",
            $"m-{i}",
            i < 3 ? null : Id(PrimaryOfReplica[i - 3]),
            i < 3 ? SlotSet.Split(3)[i] : SlotSet.Empty,
            i < 3 ? LinkState.None : LinkState.InSync,
            Offset: 0,
            Keys: 0,
            Epoch: i + 1,
            Reachable: true,
            Failed: false,
            Joined: true,
            SeesForeign: false,
            Alone: false
        );

    public static NodeId Id(int i) => NodeId.Parse(new string((char)('a' + i), 40));

    private static NodeAddress Address(int i) => new("127.0.0.1", 7000 + i);
}
