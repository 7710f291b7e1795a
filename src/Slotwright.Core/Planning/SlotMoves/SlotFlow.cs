using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Slots;

namespace Slotwright.Core.Planning.SlotMoves;

/// <summary>
/// Which slots go where, when it is known how many each shard is to have: nothing passes through a third shard, and no
/// shard both gives and takes.
/// </summary>
public static class SlotFlow
{
    /// <param name="shards">Who owns what, and how many slots it is to have; as many in all as are owned.</param>
    /// <returns>At most one move fewer than shards that give or take.</returns>
    public static ImmutableArray<SlotMove> Of(IReadOnlyList<(NodeId Id, SlotSet Slots, int Quota)> shards)
    {
        var givers = new Queue<(NodeId Id, SlotSet Surplus)>(
            shards
                .Where(s => s.Slots.Count > s.Quota)
                .OrderByDescending(s => s.Slots.Count - s.Quota)
                .Select(s => (s.Id, SlotPick.Of(s.Slots, s.Slots.Count - s.Quota)))
        );
        var moves = ImmutableArray.CreateBuilder<SlotMove>();
        var surplus = SlotSet.Empty;
        var giver = default(NodeId);
        foreach (
            var taker in shards.Where(s => s.Slots.Count < s.Quota).OrderByDescending(s => s.Quota - s.Slots.Count)
        )
        {
            var wanted = taker.Quota - taker.Slots.Count;
            while (wanted > 0)
            {
                if (surplus.IsEmpty)
                {
                    (giver, surplus) = givers.Dequeue();
                }
                var slots = SlotPick.Of(surplus, Math.Min(wanted, surplus.Count));
                moves.Add(new SlotMove(giver, taker.Id, slots));
                surplus = surplus.Except(slots);
                wanted -= slots.Count;
            }
        }
        return moves.DrainToImmutable();
    }
}
