using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Observing;
using Slotwright.Core.Slots;

namespace Slotwright.Core.Planning.Repair;

/// <summary>What has to be asked before a cluster is mended: no more than decides something.</summary>
public static class RepairQuestions
{
    /// <summary>Slots that are open, that nobody owns, or whose owner not all agree on: where their keys are decides.</summary>
    public static SlotSet Slots(Observation seen) =>
        seen.Topology.Shards().IsEmpty
            ? SlotSet.Empty
            : SlotSet
                .OfSlots(OpenEnd.Of(seen).Select(e => e.Slot))
                .Union(SlotSet.All.Except(seen.Topology.Covered()))
                .Union(SlotDisputes.Of(seen));

    /// <summary>Primaries that are asked for them: also members that stand apart, which may have what is missing here.</summary>
    public static ImmutableArray<Node> Primaries(Topology topology) =>
        [
            .. topology.Primaries.Where(n =>
                n is { Reachable: true, IsHeldBack: false, Member: { } member } && topology.Members.ContainsKey(member)
            ),
        ];

    /// <summary>
    /// Slots of which keys lie where no move would take them along: then their names are asked, since two nodes may have
    /// a key by the same one.
    /// </summary>
    public static SlotSet Clashing(RepairSight sight)
    {
        var ends = OpenEnd.Of(sight.Seen).ToLookup(e => e.Slot);
        return SlotSet.OfSlots(
            sight
                .Counts.Select(c => c.Slot)
                .Distinct()
                .Where(slot => sight.Topology.OwnerOf(slot) is { } owner && HasStrays(slot, owner, sight, ends[slot]))
        );
    }

    /// <summary>It serves as a primary of this cluster, and is a member by name.</summary>
    internal static bool IsFit(Node node, Topology topology) =>
        node is { IsPrimary: true, Reachable: true, IsHeldBack: false, Joined: true, Member: { } member }
        && topology.Members.ContainsKey(member);

    private static bool HasStrays(int slot, Node owner, RepairSight sight, IEnumerable<OpenEnd> ends)
    {
        var strays = sight.HoldersOf(slot).Select(h => h.Node).Where(id => id != owner.Id).ToArray();
        return strays.Length > 1 || (strays is [var one] && !ends.Any(e => IsOfMove(e, owner.Id, one)));
    }

    private static bool IsOfMove(OpenEnd end, NodeId owner, NodeId taker) =>
        end.Importing ? end.At.Id == taker && end.Peer == owner : end.At.Id == owner && end.Peer == taker;
}
