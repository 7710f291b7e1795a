using System.Collections.Immutable;

namespace Slotwright.Core.Placement;

/// <summary>Spreads members over groups of shards by the zone of their primary, and chooses the primaries.</summary>
/// <param name="Spread">How many primaries each zone has.</param>
/// <param name="GroupOf">Index of each zone's group; -1 where the zone has no primary.</param>
/// <param name="Flow">How many members of which class go to which group.</param>
/// <param name="Primaries">The primaries, as places in the census, ascending.</param>
internal sealed record PrimaryChoice(
    PrimarySpread Spread,
    ImmutableArray<int> GroupOf,
    GroupFlow Flow,
    ImmutableArray<int> Primaries
)
{
    /// <summary>The cheapest flow for a spread; its primaries are not chosen yet.</summary>
    public static PrimaryChoice Cheapest(Census census, PrimarySpread spread, int replicas)
    {
        var groups = spread.Groups(replicas);
        var homes = groups.Select(g => g.Home).ToList();
        return new PrimaryChoice(
            spread,
            [.. spread.ByZone.Select((_, z) => homes.IndexOf(z))],
            GroupFlow.Cheapest(census.Classes, groups),
            []
        );
    }

    /// <summary>
    /// The lowest ordinals that can be primaries at no cost: each member in turn becomes one unless its zone is full
    /// or the flow would get dearer. Within a group any choice of one node of the home zone per shard can be dealt
    /// evenly (two laminar families can be divided evenly at once), so that the flow alone decides.
    /// </summary>
    public PrimaryChoice WithLowest(Census census)
    {
        var primaries = ImmutableArray.CreateBuilder<int>();
        var inZone = new int[census.Zones.Length];
        var inClass = new int[census.Classes.Length];
        var refused = new bool[census.Classes.Length];
        for (var member = 0; member < census.Members.Length; member++)
        {
            var (zone, own) = (census.ZoneOf[member], census.ClassOf[member]);
            if (inZone[zone] == Spread.ByZone[zone] || refused[own])
            {
                continue;
            }
            if (!Flow.TryKeep(own, GroupOf[zone], inClass[own] + 1))
            {
                refused[own] = true;
                continue;
            }
            inZone[zone]++;
            inClass[own]++;
            primaries.Add(member);
        }
        return this with { Primaries = primaries.ToImmutable() };
    }
}
