using System.Collections.Immutable;
using Slotwright.Core.Pods;

namespace Slotwright.Pod;

/// <param name="Replicas">Of the member, those that answered.</param>
/// <param name="OtherPrimaries">The zone of each other primary that owns slots; empty where it is not known.</param>
/// <param name="Zones">How many zones the cluster has; 0 where that is not known.</param>
internal sealed record PeerSurveyResult(
    ImmutableArray<HandOverCandidate> Replicas,
    ImmutableArray<string> OtherPrimaries,
    int Zones
)
{
    public static PeerSurveyResult None { get; } = new([], [], 0);
}
