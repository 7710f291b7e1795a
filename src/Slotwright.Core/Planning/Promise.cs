using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Health;
using Slotwright.Core.Observing;
using Slotwright.Core.Slots;

namespace Slotwright.Core.Planning;

/// <summary>Whether a cluster became what its plan said that it would be.</summary>
public static class Promise
{
    /// <param name="before">What was observed when the plan was made; what was amiss then is not asked for now.</param>
    /// <param name="promised">The plan's outcome.</param>
    /// <param name="isOfAll">Also of nodes that the plan does not change.</param>
    /// <returns>What is missing, in words for people; empty where all is there.</returns>
    public static ImmutableArray<string> Missing(
        Observation before,
        Topology promised,
        Observation now,
        bool isOfAll = true
    ) =>
        [
            .. promised
                .Nodes.Where(n => n.Member is not null && (isOfAll || before.Topology.Find(n.Id) != n))
                .SelectMany(n => OfNode(n, promised, now.Topology)),
            .. promised.Nodes.SelectMany(n => OfOpenSlots(n, before.Topology, now.Topology)),
            .. promised.Members.Values.SelectMany(m => OfMember(m, before.Topology, now.Topology)),
            .. now
                .Disagreements.Where(d =>
                    d.Verdict > Verdict.Warning && !before.Disagreements.Any(b => b.Code == d.Code)
                )
                .Select(d => $"{d.Subject}: {d.What}"),
        ];

    private static IEnumerable<string> OfNode(Node wanted, Topology promised, Topology now)
    {
        if (!wanted.Reachable)
        {
            yield break;
        }
        if (now.NodeOf(wanted.Member!) is not { Reachable: true } node)
        {
            yield return $"{wanted.Label} does not answer";
            yield break;
        }
        if (node.IsHeldBack && !wanted.IsHeldBack)
        {
            yield return $"{wanted.Label} is held back";
        }
        if (!wanted.Slots.Except(node.Slots).IsEmpty || !node.Slots.Except(wanted.Slots).IsEmpty)
        {
            yield return node.Slots.IsEmpty
                ? $"{wanted.Label} does not own slots {wanted.Slots}"
                : $"{wanted.Label} owns slots {node.Slots}";
        }
        else if (node.Primary != wanted.Primary)
        {
            yield return wanted.Primary is { } id
                ? $"{wanted.Label} does not replicate {promised.Find(id)?.Label ?? id.Short}: {Role(node, now)}"
                : $"{wanted.Label} is no primary: {Role(node, now)}";
        }
        else if (wanted.Link == LinkState.InSync && node.Link != LinkState.InSync)
        {
            yield return $"{wanted.Label} is not in sync";
        }
    }

    private static string Role(Node node, Topology now) =>
        node.Primary is { } primary
            ? $"it replicates {now.Find(primary)?.Label ?? primary.Short}"
            : $"it is a primary{(node.Slots.IsEmpty ? " without slots" : "")}";

    /// <summary>What was open before and was to be closed; what others open meanwhile is theirs.</summary>
    private static IEnumerable<string> OfOpenSlots(Node wanted, Topology before, Topology now)
    {
        var closed = before.Find(wanted.Id)?.Open.Except(wanted.Open) ?? SlotSet.Empty;
        var open = closed.Intersect(now.Find(wanted.Id)?.Open ?? SlotSet.Empty);
        if (!open.IsEmpty)
        {
            yield return $"{wanted.Label} still has slots {open} on their way";
        }
    }

    private static IEnumerable<string> OfMember(Member wanted, Topology before, Topology now)
    {
        if (
            before.Members.TryGetValue(wanted.Name, out var was)
            && was.Revision != wanted.Revision
            && now.Members.TryGetValue(wanted.Name, out var member)
            && member.Revision != wanted.Revision
        )
        {
            yield return $"{wanted.Name} does not run revision {wanted.Revision}";
        }
    }
}
