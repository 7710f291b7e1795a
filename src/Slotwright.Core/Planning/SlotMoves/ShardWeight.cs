namespace Slotwright.Core.Planning.SlotMoves;

/// <summary>A shard's weight, both as they were written.</summary>
/// <param name="Shard">As <see cref="Cluster.ShardSelector"/> reads it.</param>
/// <param name="Weight">Null where none was.</param>
public readonly record struct ShardWeight(string Shard, string? Weight);
