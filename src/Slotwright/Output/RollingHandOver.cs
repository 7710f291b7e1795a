namespace Slotwright.Output;

/// <summary>One hand-over of a rolling operation.</summary>
/// <param name="Milliseconds">For so long, at most, writes to its slots waited.</param>
internal sealed record RollingHandOver(string Member, string From, double Milliseconds);
