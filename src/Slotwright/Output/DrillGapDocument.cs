namespace Slotwright.Output;

/// <summary>A time without an acknowledged write.</summary>
internal sealed record DrillGapDocument(double FromMs, double LengthMs);
