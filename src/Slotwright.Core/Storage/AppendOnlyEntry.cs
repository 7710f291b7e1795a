namespace Slotwright.Core.Storage;

/// <summary>A line of an append-only folder's manifest.</summary>
/// <param name="Name">Of a file in that folder.</param>
public sealed record AppendOnlyEntry(string Name, long Sequence, AppendOnlyKind Kind);
