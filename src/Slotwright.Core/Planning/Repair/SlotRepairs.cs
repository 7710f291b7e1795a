using System.Collections.Immutable;
using Slotwright.Core.Health;
using Slotwright.Core.Planning.Steps;
using Slotwright.Core.Slots;

namespace Slotwright.Core.Planning.Repair;

/// <summary>What is judged slot by slot, put together: a step for all slots that need the same, a finding for all of which the same is to be said.</summary>
internal sealed record SlotRepairs(
    ImmutableArray<(RepairStage Stage, ImmutableArray<Step> Steps)> Stages,
    ImmutableArray<Finding> Troubles
)
{
    public static SlotRepairs Of(RepairSight sight)
    {
        var judge = new SlotJudge(sight);
        var moving = SlotSet.Union(sight.Migrations.Select(m => m.Slots));
        SlotVerdict[] verdicts = [.. RepairQuestions.Slots(sight.Seen).Except(moving).SelectMany(judge.Judge)];
        return new SlotRepairs(
            [
                .. verdicts
                    .Where(v => v.Step is not null)
                    .GroupBy(v => v.Stage)
                    .OrderBy(g => g.Key)
                    .Select(g => (g.Key, Together(g.Select(v => v.Step!)))),
            ],
            [
                .. verdicts
                    .Where(v => v.Trouble is not null)
                    .GroupBy(v => (v.Trouble!.Code, v.Trouble.What, string.Join(' ', v.Trouble.Holders)))
                    .Select(g => Told(g.First().Trouble!, SlotSet.OfSlots(g.Select(v => v.Slot)), sight)),
            ]
        );
    }

    private static ImmutableArray<Step> Together(IEnumerable<Step> steps) =>
        [.. steps.GroupBy(s => With(s, SlotSet.Empty)).Select(g => With(g.Key, SlotSet.Union(g.Select(SlotsOf))))];

    private static SlotSet SlotsOf(Step step) =>
        step switch
        {
            AssignSlots s => s.Slots,
            CloseSlots s => s.Slots,
            GatherKeys s => s.Slots,
            MoveSlots s => s.Slots,
            RaiseEpoch s => s.Slots,
            _ => SlotSet.Empty,
        };

    private static Step With(Step step, SlotSet slots) =>
        step switch
        {
            AssignSlots s => s with { Slots = slots },
            CloseSlots s => s with { Slots = slots },
            GatherKeys s => s with { Slots = slots },
            MoveSlots s => s with { Slots = slots },
            RaiseEpoch s => s with { Slots = slots },
            _ => step,
        };

    private static Finding Told(SlotTrouble trouble, SlotSet slots, RepairSight sight)
    {
        var counts = trouble.Holders.Select(id =>
            (
                Node: sight.Topology.Find(id)!,
                Keys: slots.Sum(s => sight.HoldersOf(s).Where(c => c.Node == id).Sum(c => c.Keys))
            )
        );
        var held = string.Join(", ", counts.Select(c => $"{c.Node.Label} has {c.Keys}"));
        return new Finding(
            trouble.Code,
            Verdict.Failed,
            $"slots {slots}",
            held.Length == 0 ? trouble.What : $"{trouble.What}; keys: {held}",
            trouble.Why,
            trouble.Remedy
        );
    }
}
