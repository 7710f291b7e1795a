using System.Collections.Immutable;

namespace Slotwright.Core.Placement;

/// <summary>How many primaries each zone has.</summary>
/// <param name="Lowest">The members with the lowest ordinals that spread so: no choice of primaries is before it.</param>
internal sealed record PrimarySpread(ImmutableArray<int> ByZone, ImmutableArray<int> Lowest)
{
    /// <summary>The shards by the zone of their primary, zones without any left out.</summary>
    public ImmutableArray<ShardGroup> Groups(int replicas) =>
        [
            .. ByZone
                .Select((shards, zone) => new ShardGroup(zone, shards, shards * (replicas + 1)))
                .Where(g => g.Shards > 0),
        ];
}
