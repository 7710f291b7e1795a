namespace Slotwright.Core.Drills;

/// <summary>Something that a drill did, or saw happen.</summary>
/// <param name="At">Since operations of its load began.</param>
/// <param name="Member">Whom it is about; null for none in particular.</param>
/// <param name="What">In words, without the time.</param>
public sealed record DrillEvent(TimeSpan At, string? Member, string What);
