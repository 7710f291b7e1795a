using Slotwright.Core.Cluster;
using Slotwright.Core.Observing;
using Slotwright.Core.Slots;

namespace Slotwright.Core.Planning.Repair;

/// <summary>Slots whose owner is not the owner to all: the claim with the highest epoch holds, and some have not taken it.</summary>
internal static class SlotDisputes
{
    public static SlotSet Of(Observation seen) =>
        SlotSet.Union(
            seen.Views.Select(v => v.Report)
                .OfType<NodeReport>()
                .Where(r => seen.Topology.Find(r.Id) is { Apart: false })
                .Select(r => Of(r, seen.Topology))
        );

    private static SlotSet Of(NodeReport report, Topology topology)
    {
        var rows = report.Known.ToDictionary(p => p.Id, p => p.Slots);
        return SlotSet.Union(
            topology
                .Voters.Where(o => o.Id != report.Id && rows.ContainsKey(o.Id))
                .Select(o => o.Slots.Except(rows[o.Id]))
        );
    }
}
