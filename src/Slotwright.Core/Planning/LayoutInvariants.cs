using Slotwright.Core.Cluster;
using Slotwright.Core.Health;

namespace Slotwright.Core.Planning;

/// <summary>How primaries and replicas should lie over the zones: judged at the end of a plan, which may not end worse than it began.</summary>
public static class LayoutInvariants
{
    /// <summary>Whether the second topology is further from its best than the first; nothing where no cluster stood before.</summary>
    public static IEnumerable<Finding> NotWorse(Topology before, Topology after)
    {
        var (was, becomes) = (LayoutDebt.Of(before), LayoutDebt.Of(after));
        return before.Shards().IsEmpty || becomes.CompareTo(was) <= 0
            ? []
            :
            [
                new Finding(
                    "layout-worse",
                    Verdict.Failed,
                    "cluster",
                    $"it would end with {Words(becomes)}, where there are {Words(was)}",
                    "a plan may break the layout on its way, but not end worse than it began",
                    ""
                ),
            ];
    }

    private static string Words(LayoutDebt debt) =>
        $"{debt.MissingReplicas} replicas missing, {debt.WholeShards} shards too many within one zone, "
        + $"{debt.CrowdedPrimaries} primaries too many in the fullest zone, "
        + $"{debt.BesidePrimary} replicas too many beside their primary, "
        + $"{debt.ZonePairs} pairs too many in one zone";
}
