using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Planning.Steps;
using Slotwright.Core.Slots;

namespace Slotwright.Core.Planning.SlotMoves;

/// <summary>Moves of all pairs at the same time.</summary>
internal static class SlotMoveStages
{
    /// <param name="why">Of each move, for people.</param>
    /// <param name="goesOn">They were begun before, and keys may lie at both ends.</param>
    public static ImmutableArray<Stage> Of(
        IEnumerable<SlotMove> moves,
        Topology topology,
        string title,
        Func<SlotMove, string> why,
        bool goesOn = false
    )
    {
        ImmutableArray<Step> steps =
        [
            .. moves
                .Where(m => !m.Slots.IsEmpty)
                .Select(m => (Move: m, From: topology.Find(m.From)!, To: topology.Find(m.To)!))
                .Select(m => new MoveSlots(m.From.Label, m.From.Id, m.To.Label, m.To.Id, m.Move.Slots)
                {
                    GoesOn = goesOn,
                    Reason = why(m.Move),
                }),
        ];
        return steps.IsEmpty ? [] : [new Stage(title, steps)];
    }

    /// <summary>The command that brings back the layout, where shards are emptied: their members serve nothing then.</summary>
    public static string? RestoredBy(ImmutableArray<Stage> stages, Topology topology)
    {
        var given = stages
            .SelectMany(s => s.Steps)
            .OfType<MoveSlots>()
            .GroupBy(m => m.From, m => m.Slots)
            .Any(g => topology.Find(g.Key)!.Slots.Except(SlotSet.Union(g)).IsEmpty);
        return given ? "slotwright rebalance" : null;
    }
}
