using System.Collections.Immutable;
using Slotwright.Core.Health;

namespace Slotwright.Core.Placement;

/// <summary>Who is what.</summary>
/// <param name="Shards">By their primary's ordinal; <c>SlotSet.Split</c> gives the slots in this order.</param>
/// <param name="Notes">What the members at hand don't allow, and what was not known; empty where all is ideal.</param>
public sealed record ClusterPlacement(
    ImmutableArray<ShardPlacement> Shards,
    PlacementScore Score,
    ImmutableArray<Finding> Notes
);
