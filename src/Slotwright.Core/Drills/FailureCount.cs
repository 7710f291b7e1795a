namespace Slotwright.Core.Drills;

/// <summary>How many operations failed for one reason.</summary>
/// <param name="Count">1 or more.</param>
public sealed record FailureCount(FailureReason Reason, long Count);
