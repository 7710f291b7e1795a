using System.Collections.Immutable;
using Slotwright.Core.Failures;

namespace Slotwright.Core.Placement;

/// <summary>
/// Chooses which members become primaries and which of them each replica follows: the best assignment by
/// <see cref="PlacementScore"/>, and the same one for the same members in whatever order they come.
/// </summary>
/// <remarks>
/// Caps on the primaries of each zone make the first four criteria as good as they can be
/// (<see cref="PrimaryCaps"/>). Among the spreads of primaries within the caps, a min-cost flow finds the best for the
/// next two (<see cref="GroupFlow"/>), and the lowest ordinals are chosen that it can bear
/// (<see cref="PrimaryChoice"/>). All spreads are tried unless one is seen to be unbeatable before; there are at most
/// 252 of them with six zones, or nine members. With more zones, the first <see cref="MostSpreads"/> are tried: the
/// first four criteria are still the best that can be, the others may not be.
/// </remarks>
public static class Placer
{
    private const int MostSpreads = 256;

    /// <exception cref="BadInputException">The counts don't fit, or members can't be told apart.</exception>
    public static ClusterPlacement Place(PlacementRequest request)
    {
        RequestCheck.Demand(request);
        var census = new Census(request.Members);
        var caps = PrimaryCaps.Of(census.ZoneSizes, request.Primaries, request.ReplicasPerPrimary);
        var choice = Choose(census, caps, request);
        var shards = ShardDealer.Deal(census, choice, request.ReplicasPerPrimary);
        return new ClusterPlacement(
            shards,
            PlacementScore.Of(shards, request.ReplicasPerPrimary),
            PlacementNotes.Of(census, shards, request.ReplicasPerPrimary)
        );
    }

    private static PrimaryChoice Choose(Census census, PrimaryCaps caps, PlacementRequest request)
    {
        var least = LeastCost(census, caps, request.Primaries);
        PrimaryChoice? best = null;
        foreach (var spread in PrimarySpreads.InOrder(census, caps, request.Primaries).Take(MostSpreads))
        {
            if (best is null)
            {
                best = PrimaryChoice.Cheapest(census, spread, request.ReplicasPerPrimary).WithLowest(census);
                continue;
            }
            if (!CanBeat(least, spread, best))
            {
                break;
            }
            var zones = GroupFlow.Cheapest(census.ZoneClasses, spread.Groups(request.ReplicasPerPrimary)).Cost;
            if (CanBeat(zones with { MachinePairs = least.MachinePairs }, spread, best))
            {
                best = Better(PrimaryChoice.Cheapest(census, spread, request.ReplicasPerPrimary), best, census);
            }
        }
        return best!;
    }

    /// <summary>Whether a spread that costs this at least and has these primaries at best is worth a try.</summary>
    private static bool CanBeat(SpreadCost cost, PrimarySpread spread, PrimaryChoice best) =>
        cost < best.Flow.Cost || (cost == best.Flow.Cost && Compare(spread.Lowest, best.Primaries) < 0);

    private static PrimaryChoice Better(PrimaryChoice choice, PrimaryChoice best, Census census)
    {
        if (choice.Flow.Cost > best.Flow.Cost)
        {
            return best;
        }
        var complete = choice.WithLowest(census);
        return complete.Flow.Cost < best.Flow.Cost || Compare(complete.Primaries, best.Primaries) < 0 ? complete : best;
    }

    /// <summary>What no flow can be below: every zone and every machine spread evenly over all shards.</summary>
    private static SpreadCost LeastCost(Census census, PrimaryCaps caps, int primaries) =>
        new(
            -primaries,
            caps.ReplicasInPrimaryZone,
            census.ZoneSizes.Sum(n => EvenPairs(n, primaries)),
            census.Classes.Where(c => c.OneMachine).Sum(c => EvenPairs(c.Members.Length, primaries))
        );

    private static int EvenPairs(int nodes, int shards)
    {
        var (each, more) = Math.DivRem(nodes, shards);
        return (shards * each * (each - 1) / 2) + (more * each);
    }

    private static int Compare(ImmutableArray<int> a, ImmutableArray<int> b) =>
        a.AsSpan().SequenceCompareTo(b.AsSpan());
}
