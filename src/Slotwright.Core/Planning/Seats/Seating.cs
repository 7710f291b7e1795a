using System.Collections.Immutable;

namespace Slotwright.Core.Planning.Seats;

/// <summary>
/// One primary for each shard, none of the zones with more than its limit, at the least cost in all. Each shard begins
/// with one of its options; then, as long as a zone has too many, the cheapest chain of changes is made that leads from
/// such a zone to one that has room. These are the shortest paths of a min-cost flow: from the cheapest options the sum is
/// the least.
/// </summary>
internal static class Seating
{
    /// <summary>Of a node whose zone is not known; it has no limit.</summary>
    public const string NoZone = "";

    /// <param name="options">Of each shard, at least one; the first of equal ones is preferred.</param>
    /// <param name="limit">Of each zone.</param>
    /// <returns>The option of each shard; null where the limits can't be kept.</returns>
    public static ImmutableArray<SeatOption>? Find(
        ImmutableArray<ImmutableArray<SeatOption>> options,
        Func<string, int> limit
    )
    {
        var chosen = options.Select(o => o.MinBy(s => s.Cost)!).ToArray();
        var counts = options
            .SelectMany(o => o)
            .Select(o => o.Zone)
            .Distinct(StringComparer.Ordinal)
            .ToDictionary(z => z, z => chosen.Count(c => c.Zone == z), StringComparer.Ordinal);
        return Level(options, chosen, counts, limit) ? [.. chosen] : null;
    }

    /// <param name="chosen">Of each shard; changed until no zone has too many, or none can be helped.</param>
    /// <param name="counts">Primaries of each zone, those of the shards chosen among them; kept in step.</param>
    /// <returns>Whether no zone has too many.</returns>
    public static bool Level(
        ImmutableArray<ImmutableArray<SeatOption>> options,
        SeatOption[] chosen,
        Dictionary<string, int> counts,
        Func<string, int> limit
    )
    {
        while (counts.Any(c => IsOver(c.Key, c.Value)))
        {
            if (Chain() is not { } chain)
            {
                return false;
            }
            foreach (var (shard, option) in chain)
            {
                counts[chosen[shard].Zone]--;
                chosen[shard] = option;
                counts[option.Zone]++;
            }
        }
        return true;

        bool IsOver(string zone, int count) => zone != NoZone && count > limit(zone);

        // Bellman and Ford, from all zones that have too many at once
        List<(int Shard, SeatOption Option)>? Chain()
        {
            var costs = counts
                .Where(c => IsOver(c.Key, c.Value))
                .ToDictionary(c => c.Key, _ => 0, StringComparer.Ordinal);
            var steps = new Dictionary<string, (int Shard, SeatOption Option, string From)>(StringComparer.Ordinal);
            for (var changed = true; changed; )
            {
                changed = false;
                for (var shard = 0; shard < chosen.Length; shard++)
                {
                    var now = chosen[shard];
                    if (!costs.TryGetValue(now.Zone, out var sum))
                    {
                        continue;
                    }
                    foreach (var option in options[shard].Where(o => o.Zone != now.Zone))
                    {
                        var cost = sum + option.Cost - now.Cost;
                        if (!costs.TryGetValue(option.Zone, out var known) || cost < known)
                        {
                            costs[option.Zone] = cost;
                            steps[option.Zone] = (shard, option, now.Zone);
                            changed = true;
                        }
                    }
                }
            }
            var end = costs
                .Where(c => !IsOver(c.Key, counts[c.Key] + 1))
                .OrderBy(c => c.Value)
                .ThenBy(c => c.Key, StringComparer.Ordinal)
                .Select(c => c.Key)
                .FirstOrDefault();
            if (end is null)
            {
                return null;
            }
            var chain = new List<(int, SeatOption)>();
            for (var zone = end; steps.TryGetValue(zone, out var step); zone = step.From)
            {
                chain.Add((step.Shard, step.Option));
            }
            return chain;
        }
    }
}
