namespace Slotwright.Core.Failover;

/// <summary>What the agent of another primary knows of one that may be cut off.</summary>
/// <param name="SincePromise">Since it has last heard its promise; null for never.</param>
/// <param name="SinceReached">Since it has last reached its server, client and bus port; null for never.</param>
public readonly record struct PromiseSight(TimeSpan? SincePromise, TimeSpan? SinceReached);
