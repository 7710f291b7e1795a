namespace Slotwright.Output;

/// <summary>Something that a drill did, or saw happen.</summary>
/// <param name="Member">Null where it is about none in particular.</param>
internal sealed record DrillEventDocument(double AtMs, string? Member, string What);
