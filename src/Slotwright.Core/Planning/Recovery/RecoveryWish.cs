namespace Slotwright.Core.Planning.Recovery;

/// <summary>What is to be done.</summary>
/// <param name="Way">Null to look only.</param>
/// <param name="Shard"><c>slot:N</c> or a member; null for every shard that the way is open to.</param>
/// <param name="To">With take-over: the replica that is to do it; null for the best one.</param>
/// <param name="AcceptsLoss">Somebody has said that what the way loses may be lost.</param>
public sealed record RecoveryWish(RecoveryWay? Way, string? Shard, string? To, bool AcceptsLoss);
