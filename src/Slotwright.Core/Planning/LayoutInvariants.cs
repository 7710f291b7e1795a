using Slotwright.Core.Cluster;
using Slotwright.Core.Health;

namespace Slotwright.Core.Planning;

/// <summary>How primaries and replicas should lie over the zones: judged at the end of a plan, which may not end worse than it began.</summary>
public static class LayoutInvariants
{
    /// <summary>What became worse from the first topology to the second.</summary>
    public static IEnumerable<Finding> NotWorse(Topology before, Topology after)
    {
        var had = ZoneLayout.Of(before).Broken.Select(f => (f.Code, f.Subject)).ToHashSet();
        return before.Shards().IsEmpty
            ? []
            : ZoneLayout.Of(after).Broken.Where(f => !had.Contains((f.Code, f.Subject)));
    }
}
