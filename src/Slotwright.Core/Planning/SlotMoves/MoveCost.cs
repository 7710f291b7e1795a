namespace Slotwright.Core.Planning.SlotMoves;

/// <summary>What has to be carried.</summary>
/// <param name="Keys">Null where they could not be counted.</param>
/// <param name="Bytes">About; null where none could be looked at.</param>
/// <param name="AtLeastSeconds">The pace allows no less; null where it sets no bound, or the bytes are not known.</param>
public sealed record MoveCost(int Slots, long? Keys, long? Bytes, double? AtLeastSeconds);
