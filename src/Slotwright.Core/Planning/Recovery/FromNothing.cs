using Slotwright.Core.Cluster;
using Slotwright.Core.Slots;

namespace Slotwright.Core.Planning.Recovery;

/// <summary>Slots that begin anew, without a key.</summary>
internal static class FromNothing
{
    public static RecoveryChoice Choice(SlotSet slots, Topology topology, string lost)
    {
        var taker = Taker(topology);
        return new RecoveryChoice(
            RecoveryWay.FromNothing,
            taker is null
                ? "no member is there that could take the slots: start an empty one first"
                : $"{taker.Label} takes the slots without a key{(taker.Slots.IsEmpty ? "" : ", beside its own")}",
            $"ALL keys of {slots.Count} of {HashSlot.Count} slots, {Share(slots)} of the keyspace; {lost} can't bring them back afterwards"
        )
        {
            Member = taker?.Member,
        };
    }

    /// <summary>
    /// An empty primary that the cluster knows, then an empty member that it does not know yet, then the primary that
    /// owns the fewest slots.
    /// </summary>
    public static Node? Taker(Topology topology) =>
        topology
            .Nodes.Where(n =>
                n is { Reachable: true, IsHeldBack: false, IsPrimary: true, SeesForeign: false, Member: not null }
                && topology.Members.ContainsKey(n.Member)
                && (n.Joined || (n is { Keys: 0, Alone: true } && n.Slots.IsEmpty))
            )
            .OrderByDescending(n => n.Slots.IsEmpty && n.Keys == 0)
            .ThenByDescending(n => n.Joined)
            .ThenBy(n => n.Slots.Count)
            .ThenBy(n => topology.Members[n.Member!].Ordinal)
            .FirstOrDefault();

    private static string Share(SlotSet slots) => $"{100.0 * slots.Count / HashSlot.Count:0.#} %";
}
