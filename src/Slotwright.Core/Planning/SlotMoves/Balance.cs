using System.Collections.Immutable;
using Slotwright.Core.Loads;

namespace Slotwright.Core.Planning.SlotMoves;

/// <summary>What a plan that moves slots does to what shards bear, and what it costs.</summary>
/// <param name="By">What is balanced; loads are slots, keys, bytes, microseconds of each second, or bytes a second.</param>
/// <param name="Heaviest">The slots that bear most of it, the heaviest first; none where slots count.</param>
public sealed record Balance(
    LoadMeasure By,
    ImmutableArray<ShardBalance> Shards,
    ImmutableArray<HeavySlot> Heaviest,
    MoveCost Cost
);
