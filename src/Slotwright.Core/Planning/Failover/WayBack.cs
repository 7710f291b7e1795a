using Slotwright.Core.Cluster;
using Slotwright.Core.Health;
using Slotwright.Core.Planning.Steps;

namespace Slotwright.Core.Planning.Failover;

/// <summary>What a plan leaves worse than it found it, and the plan that restores it.</summary>
internal static class WayBack
{
    public const string Command = "slotwright restore-layout";

    /// <summary>The plan with its way back, where it leaves a layout that can be mended.</summary>
    public static Plan Told(Plan plan, Topology before)
    {
        if (plan.IsEmpty)
        {
            return plan;
        }
        var after = plan.Outcome(before);
        var isWorse = LayoutDebt.Of(after).CompareTo(LayoutDebt.Of(before)) > 0;
        var back = RestoreLayoutPlanner.Plan(after).Stages.SelectMany(s => s.Steps).OfType<HandOver>().ToArray();
        if (!isWorse && back.Length == 0)
        {
            return plan;
        }
        var spread = string.Join(", ", ZoneLayout.Of(after).PrimariesByZone.Select(z => $"{z.Value} in {z.Key}"));
        return plan with
        {
            RestoredBy = isWorse ? Command : null,
            Notes =
            [
                .. plan.Notes,
                new Finding(
                    "layout-left",
                    Verdict.Warning,
                    "cluster",
                    $"it ends with another layout than it should have: primaries {spread}",
                    "the loss of one zone takes more of the cluster than need be until it is brought back",
                    back.Length == 0
                        ? $"{Command}, once the shards have all their replicas again"
                        : $"{Command}: {string.Join(", ", back.Select(h => $"{h.Member} takes over from {h.FromMember}"))}"
                ),
            ],
        };
    }
}
