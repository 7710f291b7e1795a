using System.Collections.Immutable;
using Slotwright.Core.Health;
using static Slotwright.Core.Placement.PlacementNotes;

namespace Slotwright.Core.Placement;

/// <summary>What the loss of a zone would take that better zones would keep.</summary>
internal static class ZoneNotes
{
    public static IEnumerable<Finding> Of(Census census, ImmutableArray<ShardPlacement> shards, int replicas)
    {
        var unknown = census.Members.Where(m => PlacementScore.ZoneOf(m).Length == 0).Select(m => m.Name).ToArray();
        if (unknown.Length > 0)
        {
            yield return Unknown(unknown, census.Members.Length);
        }
        if (unknown.Length == census.Members.Length || replicas == 0)
        {
            yield break;
        }
        var notes = census.Zones.Length == 1 ? OneZone(census) : SomeZones(census, shards, replicas);
        foreach (var note in notes)
        {
            yield return note;
        }
    }

    public static string Name(string zone) => zone.Length == 0 ? "the unknown zone" : zone;

    private static Finding Unknown(string[] names, int members) =>
        names.Length == members
            ? Warn(
                "zones-unknown",
                "cluster",
                "no member's zone is known",
                "zones were not judged: the loss of one may take whole shards",
                "say which member is in which zone, or give the servers their availability-zone"
            )
            : Warn(
                "zones-unknown",
                "cluster",
                $"the zone of {Number(names.Length, "member")} is not known: {string.Join(", ", names)}",
                "they counted as being together in a zone of their own; in truth each may be in any zone",
                "say which zone they are in, or give the servers their availability-zone"
            );

    private static IEnumerable<Finding> OneZone(Census census) =>
        [
            Warn(
                "shard-in-one-zone",
                $"zone {census.Zones[0]}",
                $"{census.Zones[0]}'s loss takes every shard whole",
                "all members are there",
                "spread the members over three zones"
            ),
        ];

    private static IEnumerable<Finding> SomeZones(Census census, ImmutableArray<ShardPlacement> shards, int replicas)
    {
        for (var z = 0; z < census.Zones.Length; z++)
        {
            var zone = new ZoneShare(census, shards, z);
            foreach (var note in new[] { Whole(zone), Majority(zone) ?? Uneven(zone), Beside(zone) })
            {
                if (note is not null)
                {
                    yield return note;
                }
            }
        }
        var reach = Math.Min(replicas + 1, census.Zones.Length);
        var narrow = shards.Count(s => ZonesOf(s) is > 1 and var n && n < reach);
        if (narrow > 0)
        {
            yield return Warn(
                "shard-in-few-zones",
                "cluster",
                $"{narrow} of {Number(shards.Length, "shard")} {(narrow == 1 ? "reaches" : "reach")} fewer than {reach} zones",
                $"members by zone: {string.Join(", ", census.Zones.Select((name, z) => $"{Name(name)} {census.ZoneSizes[z]}"))}",
                "give each zone the same number of members"
            );
        }
    }

    private static Finding? Whole(ZoneShare zone) =>
        zone.WholeShards == 0
            ? null
            : Warn(
                "shard-in-one-zone",
                zone.Subject,
                $"{zone.Name}'s loss takes {zone.WholeShards} of {Number(zone.Shards, "shard")} whole",
                $"{zone.Size} of {zone.Members} members are there, and each shard needs one elsewhere",
                $"move {Number(zone.WholeShards, "member")} from {zone.Name} to other zones"
            );

    /// <summary>What is left has to be more than half of all primaries: elections need it.</summary>
    private static Finding? Majority(ZoneShare zone) =>
        zone.Shards < 3 || zone.Shards - zone.Primaries > zone.Shards / 2
            ? null
            : Warn(
                "zone-majority",
                zone.Subject,
                $"{Number(zone.Members, "member")} over {zone.Zones} zones: {zone.Name}'s loss takes {(zone.Primaries * 2 == zone.Shards ? "half" : "the majority")} of the primaries, {zone.Primaries} of {zone.Shards}",
                $"{zone.Shards - zone.Primaries} would be left, and {(zone.Shards / 2) + 1} must agree to elect replicas in place of those lost",
                zone.Zones < 3
                    ? "add a third zone"
                    : $"even out the zones: {zone.Name} has {zone.Size} of {zone.Members} members"
            );

    private static Finding? Uneven(ZoneShare zone) =>
        zone.Primaries <= zone.EvenPrimaries
            ? null
            : Warn(
                "zones-uneven",
                zone.Subject,
                $"{zone.Name} holds {zone.Primaries} of {zone.Shards} primaries, and {zone.EvenPrimaries} would be even",
                $"{zone.Size} of {zone.Members} members are there, and too few elsewhere",
                $"move members from {zone.Name} to the smaller zones"
            );

    private static Finding? Beside(ZoneShare zone) =>
        zone.ReplicasBeside == 0
            ? null
            : Warn(
                "replica-in-primary-zone",
                zone.Subject,
                $"{Number(zone.ReplicasBeside, "replica")} in {zone.Name} {(zone.ReplicasBeside == 1 ? "has its" : "have their")} primary there too",
                $"{zone.Size} of {zone.Members} members are there, and the shards of other zones' primaries take no more of them",
                $"move {Number(zone.ReplicasBeside, "member")} from {zone.Name} to other zones"
            );

    private static int ZonesOf(ShardPlacement shard) =>
        shard.Nodes.Select(PlacementScore.ZoneOf).Distinct(StringComparer.Ordinal).Count();
}
