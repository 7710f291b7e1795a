using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Observing;
using Slotwright.Core.Planning.Repair;
using Slotwright.Core.Planning.Steps;
using Slotwright.Core.Slots;

namespace Slotwright.Core.Planning.SlotMoves;

/// <summary>
/// Slots that are open and that nobody moves: a replica that was away when its primary closed them never hears of it, and has
/// them open still when it is a primary itself.
/// </summary>
internal static class IdleEnds
{
    /// <param name="moves">What is done before.</param>
    public static ImmutableArray<Stage> Closings(Observation observation, ImmutableArray<Stage> moves)
    {
        var topology = observation.Topology;
        var moved = SlotSet.Union(moves.SelectMany(s => s.Steps).OfType<MoveSlots>().Select(m => m.Slots));
        ImmutableArray<Step> steps =
        [
            .. topology
                .Nodes.Where(n => n is { Reachable: true, Apart: false })
                .GroupBy(n => n.Primary ?? n.Id, n => Idle(n, observation).Except(moved))
                .Select(g => (Primary: topology.Find(g.Key), Slots: SlotSet.Union(g)))
                .Where(c => !c.Slots.IsEmpty)
                .Where(c => c.Primary is { Failed: false } primary && RepairQuestions.IsFit(primary, topology))
                .OrderBy(c => c.Slots.Ranges[0].First)
                .Select(c => new CloseSlots(c.Primary!.Label, c.Primary.Id, c.Slots)
                {
                    Reason = "they are open there, or at a replica of it, and nobody moves them",
                }),
        ];
        return steps.IsEmpty ? [] : [new Stage("Close what nobody moves", steps)];
    }

    private static SlotSet Idle(Node node, Observation observation) =>
        node.Primary is { } primary
            ? node.Open.Except(observation.Topology.Find(primary)?.Open ?? SlotSet.Empty)
            : SlotSet.OfSlots(
                (observation.ReportOf(node.Id)?.Self.OpenSlots ?? [])
                    .Where(o => o.Importing == node.Slots.Contains(o.Slot))
                    .Select(o => o.Slot)
            );
}
