namespace Slotwright.Core.Charts;

/// <summary>A moment that is marked in a picture by a line and its number.</summary>
public readonly record struct ChartMark(TimeSpan At, string Label);
