using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Planning.Steps;

namespace Slotwright.Core.Planning.Scale;

/// <summary>How large a cluster is to be.</summary>
/// <param name="New">Members that the host would get, in the order of their ordinals; none where it has enough.</param>
public sealed record ScaleWish(ClusterShape Shape, ImmutableArray<Member> New)
{
    /// <summary>The names of former members that left volumes.</summary>
    public ImmutableArray<string> LeftVolumes { get; init; } = [];

    /// <summary>Of these, the ones that new members would get.</summary>
    public ImmutableArray<string> InheritedVolumes => [.. LeftVolumes.Where(IsOfNew)];

    /// <summary>Of these, the ones that nobody would get.</summary>
    public ImmutableArray<string> OrphanedVolumes => LeftVolumes.RemoveAll(IsOfNew);

    /// <summary>
    /// What becomes of volumes that new members would get; with <see cref="VolumeDiscard.Delete"/> also of those that members
    /// leave now, or left before. Null where nobody said it.
    /// </summary>
    public VolumeDiscard? Discard { get; init; }

    /// <summary>Shards may get more than their memory should hold.</summary>
    public bool IgnoresMemory { get; init; }

    private bool IsOfNew(string volume) => New.Any(m => m.Name == volume);
}
