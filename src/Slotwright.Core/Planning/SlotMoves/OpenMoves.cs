using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Observing;
using Slotwright.Core.Slots;

namespace Slotwright.Core.Planning.SlotMoves;

/// <summary>Moves that were cut off: slots that their owner is giving away, or that another is taking from it.</summary>
public static class OpenMoves
{
    private const string Title = "Finish what was left open";

    /// <summary>A plan that finishes them first, and then does what is planned for the cluster as it will be.</summary>
    public static Plan Before(Observation observation, Func<Topology, Plan> planner)
    {
        var stages = SlotMoveStages.Of(
            Of(observation),
            observation.Topology,
            Title,
            _ => "they were on their way",
            goesOn: true
        );
        stages = [.. stages, .. IdleEnds.Closings(observation, stages)];
        var after = stages
            .SelectMany(s => s.Steps)
            .Aggregate(observation.Topology, (topology, step) => step.ApplyTo(topology));
        var plan = planner(after);
        return plan with { Stages = [.. stages, .. plan.Stages] };
    }

    /// <summary>By pair, in the order of their slots. Where the two ends do not fit together, there is none.</summary>
    public static ImmutableArray<SlotMove> Of(Observation observation)
    {
        var topology = observation.Topology;
        var open =
            from view in observation.Views
            where view.Report is not null
            let self = view.Report!.Id
            from slot in view.Report!.Self.OpenSlots
            let giver = slot.Importing ? slot.Peer : self
            let taker = slot.Importing ? self : slot.Peer
            where topology.Find(giver)?.Slots.Contains(slot.Slot) == true && topology.Find(taker) is { IsPrimary: true }
            select (Giver: giver, Taker: taker, slot.Slot);
        return
        [
            .. open.Distinct()
                .GroupBy(o => o.Slot)
                .Where(ends => ends.Count() == 1)
                .Select(ends => ends.Single())
                .GroupBy(o => (o.Giver, o.Taker), o => o.Slot)
                .Select(pair => new SlotMove(pair.Key.Giver, pair.Key.Taker, SlotSet.OfSlots(pair)))
                .OrderBy(m => m.Slots.Ranges[0].First),
        ];
    }
}
