using System.Collections.Immutable;

namespace Slotwright.Core.Placement;

/// <summary>One shard to be: its primary, and its replicas by ordinal.</summary>
public sealed record ShardPlacement(PlacementMember Primary, ImmutableArray<PlacementMember> Replicas)
{
    /// <summary>The primary, then the replicas.</summary>
    public ImmutableArray<PlacementMember> Nodes => [Primary, .. Replicas];
}
