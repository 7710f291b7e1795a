using System.Collections.Immutable;
using Slotwright.Core.Observing;

namespace Slotwright.Core.Pods;

/// <summary>What is known when it is decided how a member goes.</summary>
/// <param name="Nodes">Its own CLUSTER NODES.</param>
/// <param name="IsViewComing">
/// What its view lacks may be about to come, and there is time: it has just begun, or replicas are connected to it.
/// </param>
/// <param name="Replicas">Its replicas that answered.</param>
/// <param name="OtherPrimaries">The zone of each other primary that owns slots; empty where it is not known.</param>
/// <param name="Zones">How many zones the cluster has; 0 where that is not known.</param>
/// <param name="Failed">Hand-overs that did not come about so far.</param>
/// <param name="IsLate">There is no time left but for the shutdown itself.</param>
public sealed record PreStopEvidence(
    Version Version,
    ImmutableArray<PeerRow> Nodes,
    bool IsViewComing,
    ImmutableArray<HandOverCandidate> Replicas,
    ImmutableArray<string> OtherPrimaries,
    int Zones,
    int Failed,
    bool IsLate
)
{
    /// <summary>There is time left for a hand-over and no more.</summary>
    public bool IsShort { get; init; }
}
