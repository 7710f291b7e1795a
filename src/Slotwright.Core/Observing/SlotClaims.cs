using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Slots;

namespace Slotwright.Core.Observing;

/// <summary>
/// Who owns which slot. A node that answered speaks for itself, and what others believe of it does not count; for one
/// that did not, the others speak. Of several claims the one with the highest epoch holds, then the lowest id.
/// </summary>
internal static class SlotClaims
{
    public static ImmutableDictionary<NodeId, SlotSet> Settle(ImmutableArray<NodeReport> reports)
    {
        var answered = reports.Select(r => r.Id).ToHashSet();
        var claims = reports
            .Select(r => r.Self)
            .Concat(reports.SelectMany(r => r.Known.Where(p => !answered.Contains(p.Id))))
            .Where(p => !p.Slots.IsEmpty)
            .GroupBy(p => (p.Id, p.ConfigEpoch, p.Slots))
            .Select(g => g.Key)
            .OrderByDescending(c => c.ConfigEpoch)
            .ThenBy(c => c.Id);
        var taken = SlotSet.Empty;
        var owned = ImmutableDictionary.CreateBuilder<NodeId, SlotSet>();
        foreach (var (id, _, slots) in claims)
        {
            owned[id] = owned.GetValueOrDefault(id, SlotSet.Empty).Union(slots.Except(taken));
            taken = taken.Union(slots);
        }
        return owned.ToImmutable();
    }
}
