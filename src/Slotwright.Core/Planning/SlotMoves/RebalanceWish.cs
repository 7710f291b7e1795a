using System.Collections.Immutable;

namespace Slotwright.Core.Planning.SlotMoves;

/// <summary>How shards are to share.</summary>
/// <param name="Loads">What each slot weighs; null where slots count, whatever is in them.</param>
/// <param name="Tolerance">A share of its share by which a shard may be off before anything is moved: 0.02 for 2 %.</param>
/// <param name="Weights">By shard, as <see cref="Cluster.ShardSelector"/> reads it; 1 for those that are not named.</param>
public sealed record RebalanceWish(
    SlotLoads? Loads,
    double Tolerance,
    ImmutableArray<(string Shard, double Weight)> Weights
);
