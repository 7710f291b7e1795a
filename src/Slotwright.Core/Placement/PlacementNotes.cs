using System.Collections.Immutable;
using Slotwright.Core.Health;

namespace Slotwright.Core.Placement;

/// <summary>What a placement could not give, why, and what would give it; and what was not known when it was made.</summary>
internal static class PlacementNotes
{
    public static ImmutableArray<Finding> Of(Census census, ImmutableArray<ShardPlacement> shards, int replicas) =>
        [.. Counts(shards.Length, replicas), .. ZoneNotes.Of(census, shards, replicas), .. Machines(census, shards)];

    /// <summary><c>3 replicas</c>, <c>1 replica</c>.</summary>
    public static string Number(int count, string one, string? many = null) =>
        $"{count} {(count == 1 ? one : many ?? one + "s")}";

    public static Finding Warn(string code, string subject, string what, string why, string remedy) =>
        new(code, Verdict.Warning, subject, what, why, remedy);

    private static IEnumerable<Finding> Counts(int primaries, int replicas)
    {
        if (replicas == 0)
        {
            yield return Warn(
                "no-replicas",
                "cluster",
                "no shard has a replica",
                "the loss of any member takes its shard with it",
                "ask for one replica or more per primary"
            );
        }
        if (primaries < 3)
        {
            yield return Warn(
                "few-primaries",
                "cluster",
                $"there {(primaries == 1 ? "is" : "are")} {Number(primaries, "primary", "primaries")}",
                "when one of them is lost, no majority of primaries is left to elect a replica in its place",
                "ask for three primaries or more"
            );
        }
    }

    private static IEnumerable<Finding> Machines(Census census, ImmutableArray<ShardPlacement> shards)
    {
        var machines = census
            .Members.Where(m => PlacementScore.MachineOf(m).Length > 0)
            .ToLookup(PlacementScore.MachineOf, StringComparer.Ordinal);
        foreach (var machine in machines)
        {
            var zones = machine.Select(PlacementScore.ZoneOf).Distinct(StringComparer.Ordinal).ToArray();
            if (zones.Length > 1)
            {
                yield return Warn(
                    "machine-in-two-zones",
                    $"machine {machine.Key}",
                    $"it is said to stand in {string.Join(" and in ", zones.Select(ZoneNotes.Name))}",
                    "a machine stands in one zone; it counted as one machine in each of these",
                    "correct the zones of its members, or the names of its machines"
                );
            }
        }
        var sharing = shards.Count(s => PlacementScore.MachinePairsOf(s) > 0);
        if (sharing > 0)
        {
            var fullest = machines.MaxBy(m => m.Count())!;
            yield return Warn(
                "shard-shares-machine",
                "cluster",
                $"{sharing} of {Number(shards.Length, "shard")} {(sharing == 1 ? "has" : "have")} two nodes or more on one machine",
                fullest.Count() > shards.Length
                    ? $"{fullest.Count()} of {Number(census.Members.Length, "member")} are on {fullest.Key}"
                    : "zones and machines can't both be had with these members, and zones come first",
                "spread the members over more machines (anti-affinity by hostname)"
            );
        }
    }
}
