namespace Slotwright.Core.Planning.SlotMoves;

/// <summary>What a shard bears, before and after.</summary>
/// <param name="Member">Its primary.</param>
/// <param name="Share">What it should bear by its weight.</param>
public sealed record ShardBalance(
    string Member,
    double Weight,
    double Share,
    double Before,
    double After,
    int SlotsBefore,
    int SlotsAfter
);
