using System.Collections.Immutable;

namespace Slotwright.Core.Placement;

/// <summary>What one zone holds of a placement.</summary>
internal sealed class ZoneShare(Census census, ImmutableArray<ShardPlacement> shards, int zone)
{
    private readonly ImmutableArray<ShardPlacement> _own =
    [
        .. shards.Where(s => PlacementScore.ZoneOf(s.Primary) == census.Zones[zone]),
    ];

    public string Name { get; } = ZoneNotes.Name(census.Zones[zone]);

    public string Subject => census.Zones[zone].Length == 0 ? Name : $"zone {Name}";

    public int Zones => census.Zones.Length;

    public int Members => census.Members.Length;

    /// <summary>Members in this zone.</summary>
    public int Size => census.ZoneSizes[zone];

    public int Shards => shards.Length;

    public int Primaries => _own.Length;

    /// <summary>Primaries in the fullest zone if all zones were alike.</summary>
    public int EvenPrimaries => (Shards + Zones - 1) / Zones;

    public int WholeShards => _own.Count(s => s.Replicas.All(IsHere));

    public int ReplicasBeside => _own.Sum(s => s.Replicas.Count(IsHere));

    private bool IsHere(PlacementMember member) => PlacementScore.ZoneOf(member) == census.Zones[zone];
}
