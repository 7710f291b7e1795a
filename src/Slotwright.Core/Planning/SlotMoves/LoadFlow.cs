using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Slots;

namespace Slotwright.Core.Planning.SlotMoves;

/// <summary>
/// Which slots go where so that shards bear their shares of a load: the heaviest slot that fits what the fullest has too
/// much and the emptiest too little, or the lightest where none fits and it helps, again and again, while one of the two is
/// off. What has no load stays; a shard that is to bear nothing gives also what fits nowhere.
/// </summary>
public static class LoadFlow
{
    /// <summary>
    /// A slot that makes its taker fuller than it should be still leaves both nearer to their shares, where it is lighter than
    /// what lies between them; close to that it would only change who is off.
    /// </summary>
    private const double Worthwhile = 0.75;

    /// <param name="shards">Who owns what, and its weight; 0 for one that is to bear nothing.</param>
    /// <param name="tolerance">A share of its share by which a shard may be off: 0.02 for 2 %.</param>
    public static ImmutableArray<SlotMove> Of(
        IReadOnlyList<(NodeId Id, SlotSet Slots, double Weight)> shards,
        SlotLoads loads,
        double tolerance
    )
    {
        var total = shards.Sum(s => loads.Of(s.Slots));
        var weights = shards.Sum(s => s.Weight);
        if (weights <= 0)
        {
            throw new ArgumentException("expected a weight above 0", nameof(shards));
        }
        Bearer[] bearers = [.. shards.Select(s => new Bearer(s.Id, s.Slots, total * s.Weight / weights, loads))];
        var givers = new PriorityQueue<Bearer, double>(bearers.Select(b => (b, -b.Excess)));
        var takers = new PriorityQueue<Bearer, double>(bearers.Select(b => (b, b.Excess)));
        var moved = new Dictionary<(NodeId From, NodeId To), List<int>>();
        while (
            givers.TryDequeue(out var giver, out _)
            && giver.Excess > 0
            && takers.TryPeek(out var taker, out _)
            && taker.Excess < 0
        )
        {
            if (!giver.IsOff(tolerance) && !taker.IsOff(tolerance))
            {
                continue; // the next may have a smaller share, and be off by less
            }
            var most = giver.Share == 0 ? double.MaxValue : Math.Min(giver.Excess, -taker.Excess);
            if ((giver.Give(most) ?? giver.GiveLightest(Worthwhile * (giver.Excess - taker.Excess))) is not { } slot)
            {
                continue; // its lightest slot is too heavy for anybody
            }
            takers.Dequeue();
            taker.Take(loads.Of(slot));
            var pair = (giver.Id, taker.Id);
            if (!moved.TryGetValue(pair, out var slots))
            {
                moved[pair] = slots = [];
            }
            slots.Add(slot);
            givers.Enqueue(giver, -giver.Excess);
            takers.Enqueue(taker, taker.Excess);
        }
        return [.. moved.Select(m => new SlotMove(m.Key.From, m.Key.To, SlotSet.OfSlots(m.Value)))];
    }

    private sealed class Bearer(NodeId id, SlotSet slots, double share, SlotLoads loads)
    {
        private readonly List<(double Load, int Slot)> _slots =
        [
            .. slots.Select(s => (loads.Of(s), s)).Where(s => s.Item1 > 0).Order(),
        ];

        public NodeId Id { get; } = id;

        public double Share { get; } = share;

        /// <summary>What it bears beyond its share; below 0 where it bears less.</summary>
        public double Excess { get; private set; } = loads.Of(slots) - share;

        public bool IsOff(double tolerance) => Math.Abs(Excess) > Share * tolerance;

        public void Take(double load) => Excess += load;

        /// <summary>Its heaviest slot of at most so much; null where there is none.</summary>
        public int? Give(double most)
        {
            var index = _slots.BinarySearch((most, int.MaxValue));
            index = (index < 0 ? ~index : index + 1) - 1;
            if (index < 0)
            {
                return null;
            }
            return GiveAt(index);
        }

        /// <summary>Its lightest slot, of at most so much; null where it is heavier.</summary>
        public int? GiveLightest(double most) => _slots.Count > 0 && _slots[0].Load <= most ? GiveAt(0) : null;

        private int GiveAt(int index)
        {
            var (load, slot) = _slots[index];
            _slots.RemoveAt(index);
            Excess -= load;
            return slot;
        }
    }
}
