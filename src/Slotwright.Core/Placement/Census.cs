using System.Collections.Immutable;

namespace Slotwright.Core.Placement;

/// <summary>The members by ordinal, counted by zone and by machine. A member is its place in this order.</summary>
internal sealed class Census
{
    public Census(ImmutableArray<PlacementMember> members)
    {
        Members = [.. members.OrderBy(m => m.Ordinal)];
        Zones = [.. Members.Select(PlacementScore.ZoneOf).Distinct(StringComparer.Ordinal)];
        var zones = Zones.Select((z, i) => (z, i)).ToDictionary(z => z.z, z => z.i, StringComparer.Ordinal);
        ZoneOf = [.. Members.Select(m => zones[PlacementScore.ZoneOf(m)])];
        ZoneSizes = [.. Zones.Select((_, z) => ZoneOf.Count(o => o == z))];
        Classes = MakeClasses();
        ZoneClasses =
        [
            .. Zones.Select(
                (_, z) => new MemberClass(z, false, [.. Enumerable.Range(0, Members.Length).Where(m => ZoneOf[m] == z)])
            ),
        ];
        var classOf = new int[Members.Length];
        for (var c = 0; c < Classes.Length; c++)
        {
            foreach (var member in Classes[c].Members)
            {
                classOf[member] = c;
            }
        }
        ClassOf = [.. classOf];
    }

    public ImmutableArray<PlacementMember> Members { get; }

    /// <summary>Names of the zones, in the order in which members show them; empty for the unknown one.</summary>
    public ImmutableArray<string> Zones { get; }

    public ImmutableArray<int> ZoneSizes { get; }

    /// <summary>Zone of each member.</summary>
    public ImmutableArray<int> ZoneOf { get; }

    public ImmutableArray<MemberClass> Classes { get; }

    /// <summary>The members of each zone as one class, as if nothing were known of machines.</summary>
    public ImmutableArray<MemberClass> ZoneClasses { get; }

    /// <summary>Class of each member.</summary>
    public ImmutableArray<int> ClassOf { get; }

    private ImmutableArray<MemberClass> MakeClasses()
    {
        var machines = Enumerable
            .Range(0, Members.Length)
            .GroupBy(m => (Zone: ZoneOf[m], Machine: PlacementScore.MachineOf(Members[m])))
            .ToLookup(g => g.Key.Machine.Length > 0 && g.Count() > 1);
        return
        [
            .. machines[true].Select(g => new MemberClass(g.Key.Zone, true, [.. g])),
            .. machines[false]
                .GroupBy(g => g.Key.Zone)
                .Select(zone => new MemberClass(zone.Key, false, [.. zone.SelectMany(g => g).Order()])),
        ];
    }
}
