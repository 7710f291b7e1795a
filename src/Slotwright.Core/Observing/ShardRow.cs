using System.Collections.Immutable;
using Slotwright.Core.Slots;

namespace Slotwright.Core.Observing;

/// <summary>One shard of CLUSTER SHARDS: the nodes to which one node gives the same shard id.</summary>
/// <param name="Id">The shard id, where the server tells it (Valkey 8.1 does not; newer ones do).</param>
public sealed record ShardRow(string? Id, SlotSet Slots, ImmutableArray<ShardNodeRow> Nodes);
