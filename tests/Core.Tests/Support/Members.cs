using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Placement;
using Slotwright.Core.Slots;

namespace Slotwright.Core.Tests.Support;

/// <summary>Members whose nodes answer and know nobody: what bootstrap begins with.</summary>
internal static class Members
{
    /// <summary>In zones in turn, as a scheduler would place them.</summary>
    public static Topology Fresh(int count, int zones) => Fresh(count, i => $"az-{(char)('a' + (i % zones))}");

    public static Topology Fresh(int count, Func<int, string?> zone) =>
        Fresh(Enumerable.Range(0, count).Select(i => new PlacementMember(Name(i), i, zone(i))));

    public static Topology Fresh(IEnumerable<PlacementMember> members)
    {
        var all = members.OrderBy(m => m.Ordinal).ToArray();
        return new Topology(
            all.Select(m => new Member(
                    m.Name,
                    m.Ordinal,
                    m.Zone,
                    m.Machine,
                    MemberPhase.Running,
                    Address(m.Ordinal),
                    $"{m.Name}.test",
                    "",
                    ""
                ))
                .ToImmutableSortedDictionary(m => m.Name, m => m, StringComparer.Ordinal),
            [.. all.Select(m => Alone(m.Name, m.Ordinal))]
        );
    }

    public static string Name(int ordinal) => $"m-{ordinal}";

    /// <summary>Ids whose order is that of the ordinals.</summary>
    public static NodeId Id(int ordinal) => NodeId.Parse($"{ordinal:d5}{new string('a', 35)}");

    public static NodeAddress Address(int ordinal) => new($"10.0.{ordinal / 200}.{1 + (ordinal % 200)}", 6379);

    private static Node Alone(string name, int ordinal) =>
        new(
            Id(ordinal),
            Address(ordinal),
            $"{name}.test",
            name,
            Primary: null,
            SlotSet.Empty,
            LinkState.None,
            Offset: 0,
            Keys: 0,
            Epoch: 0,
            Reachable: true,
            Failed: false,
            Joined: ordinal == 0,
            Alone: true,
            SeesForeign: false
        )
        {
            Apart = ordinal != 0,
        };
}
