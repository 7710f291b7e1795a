namespace Slotwright.Core.Planning.Failover;

/// <summary>Which shard is to get another primary.</summary>
/// <param name="Word">The primary to relieve by its member's name, or <c>slot:N</c>, <c>key:NAME</c>.</param>
/// <param name="To">The member that is to take over; null for the best of them.</param>
/// <param name="MayTakeOver">Also without a vote, where no majority is left.</param>
public sealed record FailoverWish(string Word, string? To, bool MayTakeOver);
