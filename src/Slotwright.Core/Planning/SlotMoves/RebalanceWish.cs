using System.Collections.Immutable;
using Slotwright.Core.Loads;

namespace Slotwright.Core.Planning.SlotMoves;

/// <summary>How shards are to share.</summary>
/// <param name="Loads">What each slot weighs; null where slots count, whatever is in them.</param>
/// <param name="Tolerance">A share of its share by which a shard may be off before anything is moved: 0.02 for 2 %.</param>
/// <param name="Weights">Of shards; 1 for those that are not named.</param>
public sealed record RebalanceWish(SlotLoads? Loads, double Tolerance, ImmutableArray<ShardWeight> Weights)
{
    /// <summary>What Loads are.</summary>
    public LoadMeasure By { get; init; }

    /// <summary>What there is to carry, for what it costs; null where that is not known.</summary>
    public ClusterLoads? Carried { get; init; }

    /// <summary>Faster than that no giver gives to a taker; null for no bound.</summary>
    public long? BytesPerSecond { get; init; }
}
