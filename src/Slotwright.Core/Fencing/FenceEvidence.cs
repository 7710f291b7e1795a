using System.Collections.Immutable;

namespace Slotwright.Core.Fencing;

/// <summary>What is known when it is decided whether a member's server may start with its own data.</summary>
/// <param name="Streams">Replication ids that the member knows to be its own, the oldest first.</param>
/// <param name="Shard">What is at stake; null where the member owns no slots.</param>
/// <param name="IsLate">Replicas that have not answered have had their time; so they have where it is told to start.</param>
public sealed record FenceEvidence(
    OwnData Own,
    ImmutableArray<string> Streams,
    FencedShard? Shard,
    bool IsLate,
    WhenUnknown WhenUnknown
)
{
    /// <summary>Somebody has looked, and said that it starts with what it has.</summary>
    public bool IsTold { get; init; }
}
