namespace Slotwright.Chart.Tests.Support;

/// <summary>A key of values.yaml.</summary>
/// <param name="Default">Its default as it stands there; for what takes several lines a word about it.</param>
/// <param name="Description">The comment above it, in one line.</param>
internal sealed record ValuesLine(string Path, string Section, string Default, string Description);
