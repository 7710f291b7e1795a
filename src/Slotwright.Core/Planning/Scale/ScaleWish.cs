using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Planning.Steps;

namespace Slotwright.Core.Planning.Scale;

/// <summary>How large a cluster is to be.</summary>
/// <param name="New">Members that the host would get, in the order of their ordinals; none where it has enough.</param>
public sealed record ScaleWish(ClusterShape Shape, ImmutableArray<Member> New)
{
    /// <summary>Of the new members, those whose names stand on volumes that former members left.</summary>
    public ImmutableArray<string> LeftVolumes { get; init; } = [];

    /// <summary>What becomes of these, and, with <see cref="VolumeDiscard.Delete"/>, of those that members leave; null where nobody said it.</summary>
    public VolumeDiscard? Discard { get; init; }

    /// <summary>Shards may get more than their memory should hold.</summary>
    public bool IgnoresMemory { get; init; }
}
