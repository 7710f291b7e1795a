using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Health;
using Slotwright.Core.Slots;

namespace Slotwright.Core.Planning;

/// <summary>
/// Simulates a plan and judges every stage at its start, with all its steps under way, and at its end. It knows
/// nothing of how the plan was made.
/// </summary>
public static class PlanChecker
{
    /// <returns>What the plan would break; empty where it is safe.</returns>
    public static ImmutableArray<Finding> Check(Plan plan, Topology before)
    {
        var broken = ImmutableArray.CreateBuilder<Finding>();
        var now = before;
        foreach (var stage in plan.Stages)
        {
            foreach (var step in stage.Steps)
            {
                broken.AddRange(SafetyInvariants.OfStep(step, now));
            }
            broken.AddRange(SafetyInvariants.OfStage(stage, now));
            var during = stage.Steps.Aggregate(now, (topology, step) => step.During(topology));
            var after = stage.Steps.Aggregate(now, (topology, step) => step.ApplyTo(topology));
            var away = SlotSet.Union(stage.Steps.Select(step => step.SlotsAway(now)));
            broken.AddRange(SafetyInvariants.OfMoment(now, during, $"while '{stage.Title}' runs", away));
            broken.AddRange(SafetyInvariants.OfMoment(now, after, $"after '{stage.Title}'", SlotSet.Empty));
            now = after;
        }
        if (plan.RestoredBy is null)
        {
            broken.AddRange(LayoutInvariants.NotWorse(before, now));
        }
        return [.. broken.Distinct()];
    }
}
