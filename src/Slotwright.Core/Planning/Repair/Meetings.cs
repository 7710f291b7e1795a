using Slotwright.Core.Cluster;
using Slotwright.Core.Observing;
using Slotwright.Core.Planning.Steps;

namespace Slotwright.Core.Planning.Repair;

/// <summary>Members that were never joined, and members of which some have forgotten others.</summary>
internal static class Meetings
{
    public static IEnumerable<Step> OfNew(Topology topology) =>
        topology.Voters.FirstOrDefault(v => RepairQuestions.IsFit(v, topology)) is { } hub
            ? Members(topology)
                .Where(n => n is { Alone: true, Apart: true, Keys: 0, Slots.IsEmpty: true })
                .Select(n => Meet(n, hub, "it is a member, empty, and knows nobody yet"))
            : [];

    /// <summary>
    /// Each that does not know one is told: for a minute after a FORGET it believes nobody else who speaks of that one.
    /// </summary>
    public static IEnumerable<Step> OfForgotten(Observation seen)
    {
        Node[] inside = [.. Members(seen.Topology).Where(n => !n.Apart)];
        return from one in inside
            from other in inside
            where one.Id.CompareTo(other.Id) < 0 && (!Knows(seen, one, other) || !Knows(seen, other, one))
            let met = Knows(seen, one, other) ? one : other
            let via = met.Id == one.Id ? other : one
            select Meet(met, via, "it has forgotten it, which is a member") with
            {
                Again = true,
            };
    }

    private static IEnumerable<Node> Members(Topology topology) =>
        topology
            .Nodes.Where(n =>
                n is { Reachable: true, SeesForeign: false, Member: { } member } && topology.Members.ContainsKey(member)
            )
            .OrderBy(n => topology.Members[n.Member!].Ordinal);

    private static bool Knows(Observation seen, Node node, Node other) =>
        seen.ReportOf(node.Id) is not { } report || report.Known.Any(p => p.Id == other.Id);

    private static Meet Meet(Node node, Node via, string why) =>
        new(node.Member!, node.Id, via.Member!, via.Id) { Reason = why };
}
