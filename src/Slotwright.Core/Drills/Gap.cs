namespace Slotwright.Core.Drills;

/// <summary>A time in which a shard acknowledged no write.</summary>
/// <param name="From">Time since the run began.</param>
public readonly record struct Gap(TimeSpan From, TimeSpan Length);
