namespace Slotwright.Core.Charts;

/// <summary>A time within a lane.</summary>
/// <param name="Kind">The name of its colour in the legend.</param>
/// <param name="Title">Shown where the pointer rests on it.</param>
public readonly record struct LaneSpan(TimeSpan From, TimeSpan To, string Kind, string Title);
