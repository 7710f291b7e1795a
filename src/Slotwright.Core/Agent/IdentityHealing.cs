using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Observing;

namespace Slotwright.Core.Agent;

/// <summary>
/// A member that has lost its volume, and came back empty and under a new id: it joins, replicates, and has its old id
/// forgotten, in this order. The old id is forgotten last since it is what remembers that the member is on its way back:
/// an agent that is killed at any moment finds in the cluster itself what is left to be done.
/// </summary>
internal static class IdentityHealing
{
    /// <returns>Null where the member is who it was.</returns>
    public static AgentDecision? Decide(AgentEvidence evidence)
    {
        var self = evidence.Self;
        var known = evidence.Nodes.Where(n => !n.IsMeeting).ToArray();
        var isAlone = known.Length == 1;
        var namesakes = known.Where(n => n.Id != self.Id && n.IsNamesakeOf(evidence.Hostname)).ToImmutableArray();
        if (!isAlone && namesakes.IsEmpty && !evidence.WasAnother)
        {
            return null;
        }
        if (isAlone && !IsEmpty(evidence))
        {
            return self.Slots.IsEmpty ? Rest($"it knows nobody, and holds {evidence.Keys} keys") : null;
        }
        if (evidence.Members is not { } members)
        {
            return new AgentDecision.AskMembers();
        }
        var cluster = FormedSight.Of(members, self.Id);
        if (!cluster.HasMajority)
        {
            return new AgentDecision.Rest($"no majority of a formed cluster answers: {cluster.Votes}", Waits: !isAlone);
        }
        var former = cluster.IdsOf(evidence.Hostname, self.Id);
        if (former.IsEmpty)
        {
            return isAlone
                    ? new AgentDecision.Rest(
                        $"the cluster never had {evidence.Hostname}: bootstrap joins new members",
                        Waits: false
                    )
                : namesakes.IsEmpty ? null
                : Forget(evidence, namesakes);
        }
        if (former.FirstOrDefault(cluster.OwnsSlots) is { Value.Length: > 0 } owner)
        {
            return Rest($"{owner.Short}, which this member was before, still owns slots");
        }
        if (former.FirstOrDefault(id => !cluster.IsGone(id)) is { Value.Length: > 0 } living)
        {
            return Rest(
                $"{living.Short}, which this member was before, has not failed for a majority of the primaries"
            );
        }
        return isAlone ? Join(evidence, cluster, former) : OfMember(evidence, cluster, former);
    }

    private static AgentDecision.Meet Join(AgentEvidence evidence, FormedSight cluster, ImmutableArray<NodeId> former)
    {
        var via = cluster.Voters[evidence.Tries % cluster.Voters.Length];
        var name = via.Self.Hostname.Length > 0 ? via.Self.Hostname : via.Address.ToString();
        return new AgentDecision.Meet(
            HealKind.Identity,
            [new Meeting(via.Id, name, via.Address, via.Self.BusPort)],
            $"it is empty and alone, and the cluster knows {evidence.Hostname} as {Names(former)}: failed, and without slots ({cluster.Votes} answered)"
        );
    }

    private static AgentDecision OfMember(AgentEvidence evidence, FormedSight cluster, ImmutableArray<NodeId> former)
    {
        var self = evidence.Self;
        if (self.Primary is null && !IsEmpty(evidence))
        {
            return self.Slots.IsEmpty
                ? Rest($"it replicates nobody, and holds {evidence.Keys} keys")
                : Forget(evidence, former);
        }
        return Adoption.Choose(cluster, evidence) is { } place && place.Primary != self.Primary
                ? new AgentDecision.Replicate(place.Primary, $"{place.Reason}; the member was {Names(former)} before")
            : self.Primary is not null && !evidence.LinkUp ? Rest("it is copying its primary's data")
            : Forget(evidence, former);
    }

    private static AgentDecision.Forget Forget(AgentEvidence evidence, ImmutableArray<PeerRow> former) =>
        Forget(evidence, [.. former.Select(n => n.Id)]);

    private static AgentDecision.Forget Forget(AgentEvidence evidence, ImmutableArray<NodeId> former) =>
        new(
            former,
            $"{evidence.Hostname} is {evidence.Self.Id.Short} now, and was {Names(former)}: failed, and without slots"
        );

    /// <summary>It has nothing that it could lose.</summary>
    private static bool IsEmpty(AgentEvidence evidence) =>
        evidence is { Keys: 0, Self: { Primary: null, Slots.IsEmpty: true } }
        && !evidence.Nodes.Any(n => n.Primary == evidence.Self.Id);

    private static AgentDecision.Rest Rest(string reason) => new(reason);

    private static string Names(ImmutableArray<NodeId> ids) => string.Join(", ", ids.Select(i => i.Short));
}
