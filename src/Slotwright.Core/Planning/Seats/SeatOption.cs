using Slotwright.Core.Cluster;

namespace Slotwright.Core.Planning.Seats;

/// <summary>A node that could be its shard's primary.</summary>
/// <param name="Zone">Empty where it is not known.</param>
/// <param name="Cost">0 or more: of the ways that keep to the zones' limits, the one with the least sum is taken.</param>
internal sealed record SeatOption(Node Node, string Zone, int Cost);
