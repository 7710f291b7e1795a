using System.Collections.Immutable;
using Slotwright.Core.Observing;
using Slotwright.Core.Slots;

namespace Slotwright.Core.Pods;

/// <summary>
/// Whether a member is ready: strict to become so, lenient to stay so, since an unready member stops drains and rolling
/// updates. What happens to other shards is never its fault.
/// </summary>
public static class Readiness
{
    public static ReadinessVerdict Judge(ReadinessEvidence evidence)
    {
        var own = evidence.Own;
        if (own.Loading)
        {
            return NotReady("it is loading its data");
        }
        var isFormed = own.SlotsAssigned == HashSlot.Count;
        return isFormed ? OfFormed(evidence)
            : evidence.EverReady && own.KnownNodes > 1
                ? Ready(
                    $"{Role(own)}; {HashSlot.Count - own.SlotsAssigned} slots have no owner in its view",
                    asMember: true
                )
            : OfPending(evidence);
    }

    private static ReadinessVerdict OfFormed(ReadinessEvidence evidence) =>
        evidence.Own is { IsPrimary: false, LinkUp: false } ? OfBrokenLink(evidence)
        : evidence.EverReady
            ? Ready(
                $"{Role(evidence.Own)}{(evidence.Own.StateOk ? "" : "; it says cluster_state:fail")}",
                asMember: true
            )
        : evidence.Nodes is { } nodes ? OfNewcomer(evidence, nodes)
        : Ask(ReadinessAnswer.AskNodes);

    /// <summary>A replica whose primary has failed is about to take its place, or to follow another.</summary>
    private static ReadinessVerdict OfBrokenLink(ReadinessEvidence evidence)
    {
        var what = evidence.Own.SyncInProgress ? "it is copying its primary's data" : "its link to its primary is down";
        if (!evidence.EverReady)
        {
            return NotReady(what);
        }
        if (evidence.Nodes is not { } nodes)
        {
            return Ask(ReadinessAnswer.AskNodes);
        }
        var primary = Self(nodes)?.Primary;
        return nodes.Any(n => n.Id == primary && n.IsFailing())
            ? Ready("replica; its primary has failed", asMember: true)
            : NotReady(what);
    }

    private static ReadinessVerdict OfNewcomer(ReadinessEvidence evidence, ImmutableArray<PeerRow> nodes)
    {
        var self = Self(nodes);
        if (nodes.FirstOrDefault(n => IsNamesake(n, evidence, self) && !n.IsFailing()) is { } other)
        {
            return NotReady($"the cluster knows {evidence.Hostname} as another node, {other.Id.Short}");
        }
        if (self is { Primary: null, Slots.IsEmpty: true })
        {
            if (evidence.Peers is not { } peers)
            {
                return Ask(ReadinessAnswer.AskPeers); // nobody tells a newcomer of nodes that are dead
            }
            if (peers.Append(nodes).SelectMany(v => v).FirstOrDefault(n => IsNamesake(n, evidence, self)) is { } former)
            {
                return NotReady($"it was {former.Id.Short} before, and replicates nobody yet");
            }
        }
        if (evidence.Own.StateOk)
        {
            return Ready(Role(evidence.Own), asMember: true);
        }
        var voters = nodes.Where(n => n.Primary is null && !n.Slots.IsEmpty).ToArray();
        var reached = voters.Count(n => n.Flags.HasFlag(PeerFlags.Myself) || (n.Linked && !n.IsFailing()));
        return reached <= voters.Length / 2
                ? NotReady($"it reaches {reached} of {voters.Length} primaries, no majority")
            : evidence.Own.SlotsFailing > 0 ? Ready($"{Role(evidence.Own)}; other shards have failed", asMember: true)
            : NotReady("it says cluster_state:fail, since it has not rejoined the cluster yet");
    }

    /// <summary>Not in a formed cluster: ready, so that an install which waits for all members can go on to form one.</summary>
    private static ReadinessVerdict OfPending(ReadinessEvidence evidence)
    {
        if (evidence is not { Nodes: { } nodes, Peers: { } peers })
        {
            return Ask(ReadinessAnswer.AskPeers);
        }
        var self = Self(nodes);
        if (peers.FirstOrDefault(IsFormed) is not { IsDefault: false } cluster)
        {
            return evidence.Refusing == 0
                ? Ready("bootstrap pending: no member knows a formed cluster")
                : NotReady($"{evidence.Refusing} of its peers refuse the password that it was given");
        }
        return cluster.Any(n => n.Id == self?.Id) ? NotReady("the cluster knows it, but it does not know the cluster")
            : cluster.FirstOrDefault(n => IsNamesake(n, evidence, self)) is { } other
                ? NotReady(
                    $"the cluster knows {evidence.Hostname} as another node, {other.Id.Short}: this one is new and empty"
                )
            : Ready($"bootstrap pending: the cluster never had {evidence.Hostname}");
    }

    private static bool IsFormed(ImmutableArray<PeerRow> view) =>
        SlotSet.Union(view.Select(n => n.Slots)).Count == HashSlot.Count;

    private static bool IsNamesake(PeerRow node, ReadinessEvidence evidence, PeerRow? self) =>
        node.Id != self?.Id
        && node.Hostname.Length > 0
        && string.Equals(node.Hostname, evidence.Hostname, StringComparison.OrdinalIgnoreCase);

    private static PeerRow? Self(ImmutableArray<PeerRow> nodes) =>
        nodes.FirstOrDefault(n => n.Flags.HasFlag(PeerFlags.Myself));

    private static string Role(OwnServer own) => own.IsPrimary ? "primary" : "replica in sync";

    private static ReadinessVerdict Ready(string reason, bool asMember = false) =>
        new(ReadinessAnswer.Ready, reason, asMember);

    private static ReadinessVerdict NotReady(string reason) => new(ReadinessAnswer.NotReady, reason);

    private static ReadinessVerdict Ask(ReadinessAnswer what) => new(what, "");
}
