using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Slots;

namespace Slotwright.Operations.Agent.Failover;

/// <summary>What the agent of a server that has died says to those of its shard.</summary>
/// <param name="Node">The server.</param>
/// <param name="Slots">What it owned.</param>
/// <param name="Stream">The replication id of what it sent; empty where that is not known.</param>
/// <param name="PrimariesByZone">As far as the agent knows them.</param>
internal sealed record DeathNotice(
    NodeId Node,
    SlotSet Slots,
    string Stream,
    ImmutableDictionary<string, int> PrimariesByZone
);
