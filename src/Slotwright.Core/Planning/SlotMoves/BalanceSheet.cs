using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Loads;
using Slotwright.Core.Slots;

namespace Slotwright.Core.Planning.SlotMoves;

/// <summary>Adds up what moves do.</summary>
internal static class BalanceSheet
{
    private const int Shown = 10;

    /// <param name="weights">One for each primary.</param>
    public static Balance Of(
        Node[] primaries,
        ImmutableArray<double> weights,
        ImmutableArray<SlotMove> moves,
        RebalanceWish wish
    )
    {
        var total = primaries.Sum(p => Load(p.Slots));
        var sum = weights.Sum();
        return new Balance(
            wish.By,
            [.. primaries.Zip(weights, Shard)],
            wish.Loads is { } loads ? Heaviest(loads, primaries, moves) : [],
            Cost(moves, wish)
        );

        ShardBalance Shard(Node primary, double weight)
        {
            var after = primary
                .Slots.Except(SlotSet.Union(moves.Where(m => m.From == primary.Id).Select(m => m.Slots)))
                .Union(SlotSet.Union(moves.Where(m => m.To == primary.Id).Select(m => m.Slots)));
            return new ShardBalance(
                primary.Label,
                weight,
                Rounded(total * weight / sum),
                Rounded(Load(primary.Slots)),
                Rounded(Load(after)),
                primary.Slots.Count,
                after.Count
            );
        }

        double Load(SlotSet slots) => wish.Loads?.Of(slots) ?? slots.Count;
    }

    private static ImmutableArray<HeavySlot> Heaviest(SlotLoads loads, Node[] primaries, ImmutableArray<SlotMove> moves)
    {
        var heaviest = new Heaviest<(int Slot, Node Owner)>(Shown);
        foreach (var owner in primaries)
        {
            foreach (var slot in owner.Slots.Where(s => loads.Of(s) > 0))
            {
                heaviest.Add((slot, owner), loads.Of(slot));
            }
        }
        return
        [
            .. heaviest
                .ToSorted()
                .Select(h => new HeavySlot(
                    h.Slot,
                    h.Owner.Label,
                    Rounded(loads.Of(h.Slot)),
                    moves.FirstOrDefault(m => m.Slots.Contains(h.Slot)) is { } move
                        ? primaries.First(p => p.Id == move.To).Label
                        : null
                )),
        ];
    }

    private static MoveCost Cost(ImmutableArray<SlotMove> moves, RebalanceWish wish)
    {
        var slots = SlotSet.Union(moves.Select(m => m.Slots));
        var bytes = wish.Carried?.Bytes;
        // pairs move at the same time, so that the one that carries most ends last
        var longest = bytes is not null && moves.Length > 0 ? moves.Max(m => bytes.Of(m.Slots)) : 0;
        return new MoveCost(
            slots.Count,
            wish.Carried is { } carried ? (long)carried.Keys.Of(slots) : null,
            bytes is null ? null : (long)bytes.Of(slots),
            bytes is not null && wish.BytesPerSecond is { } pace ? Rounded(longest / pace) : null
        );
    }

    /// <summary>As many digits as anybody can use, and the same on every machine.</summary>
    private static double Rounded(double number) => Math.Round(number, 3);
}
