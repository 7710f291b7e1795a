using System.Collections.Immutable;
using Slotwright.Core.Placement;

namespace Slotwright.Bench.Placement;

/// <summary>Members in zones of given shares, on machines, in the random order in which a scheduler may start them.</summary>
/// <param name="ZoneShares">Shares of the zones in the members, in any unit.</param>
/// <param name="Machines">Machines in all; 0 for unknown ones.</param>
internal sealed record PlacementCase(
    string Name,
    int Primaries,
    int Replicas,
    ImmutableArray<int> ZoneShares,
    int Machines
)
{
    public int Members => Primaries * (Replicas + 1);

    public PlacementRequest Make(Random random)
    {
        var places = Enumerable.Range(0, Members).Select(Place).ToArray();
        random.Shuffle(places);
        return new PlacementRequest(
            [.. places.Select((p, i) => new PlacementMember($"m-{i}", i, p.Zone, p.Machine))],
            Primaries,
            Replicas
        );
    }

    private (string Zone, string? Machine) Place(int member)
    {
        var total = ZoneShares.Sum();
        var mark = member * total / Members;
        var zone = 0;
        for (var below = ZoneShares[0]; below <= mark; below += ZoneShares[zone])
        {
            zone++;
        }
        var machines = Math.Max(1, Machines * ZoneShares[zone] / total);
        return ($"zone-{zone}", Machines == 0 ? null : $"machine-{zone}-{member % machines}");
    }
}
