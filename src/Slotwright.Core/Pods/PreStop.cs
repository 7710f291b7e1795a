using Slotwright.Core.Configuration;
using Slotwright.Core.Observing;

namespace Slotwright.Core.Pods;

/// <summary>
/// How a member goes: a primary hands over first; the last that has a shard's data waits for another to have it too,
/// as long as there is time.
/// </summary>
public static class PreStop
{
    private const int MostTries = 3;

    public static PreStopDecision Decide(PreStopEvidence evidence)
    {
        var self = evidence.Nodes.First(n => n.Flags.HasFlag(PeerFlags.Myself));
        return self.Primary is { } id ? OfReplica(evidence, evidence.Nodes.FirstOrDefault(n => n.Id == id))
            : self.Slots.IsEmpty ? new PreStopDecision.End("it owns no slots", IsLast: false)
            : OfPrimary(evidence, self);
    }

    private static PreStopDecision OfPrimary(PreStopEvidence evidence, PeerRow self)
    {
        if (evidence.Nodes.All(n => n.Primary != self.Id))
        {
            return evidence.IsViewComing && evidence.Nodes.Any(n => n.Id != self.Id && n.Slots.IsEmpty)
                ? new PreStopDecision.Wait("it is a primary, and its view has no replica of its yet")
                : new PreStopDecision.End("it is a primary without a replica", IsLast: true);
        }
        if (HandOverChoice.Best(evidence.Replicas, evidence.OtherPrimaries, evidence.Zones) is not { } best)
        {
            return evidence.IsLate
                ? new PreStopDecision.End("none of its replicas has come into sync in time", IsLast: true)
                : new PreStopDecision.Wait("it is a primary, and none of its replicas is in sync");
        }
        if (evidence.IsLate)
        {
            return new PreStopDecision.End("there is no time left to hand over", IsLast: false);
        }
        if (best.IsResuming && !evidence.IsShort)
        {
            return new PreStopDecision.Wait(
                "it is a primary, and no replica in sync has written its append-only file yet"
            );
        }
        if (best.IsUnheard && !evidence.IsShort)
        {
            return new PreStopDecision.Wait(
                "it is a primary, and most others have no link to its replica yet, or don't know that it is one"
            );
        }
        if (evidence.Failed > 0 && ServerFeatures.RefusesSecondFailover(evidence.Version))
        {
            return new PreStopDecision.End(
                $"the hand-over did not come about; Valkey {evidence.Version} refuses another of the same primary for twice the node timeout, so that the shard fails over when the server has gone",
                IsLast: false
            );
        }
        return evidence.Failed >= MostTries
            ? new PreStopDecision.End($"{evidence.Failed} hand-overs did not come about", IsLast: false)
            : new PreStopDecision.HandOver(best.Id, Why(evidence, best));
    }

    private static string Why(PreStopEvidence evidence, HandOverCandidate best) =>
        evidence.Replicas.Count(r => r.LinkUp) == 1 ? "its one replica in sync"
        : HandOverChoice.KeepsLayout(best, evidence.OtherPrimaries, evidence.Zones)
            ? "the foremost of its replicas that keep the zones even"
        : "the foremost of its replicas; none keeps the zones even";

    private static PreStopDecision OfReplica(PreStopEvidence evidence, PeerRow? primary)
    {
        var isFailing = primary is null || primary.IsFailing();
        return !isFailing ? new PreStopDecision.End("it is a replica", IsLast: false)
            : evidence.IsLate
                ? new PreStopDecision.End("its primary has failed, and no other took over in time", IsLast: true)
            : new PreStopDecision.Wait("it is a replica, and its primary has failed");
    }
}
