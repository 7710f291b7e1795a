using System.Collections.Immutable;
using Slotwright.Core.Cluster;

namespace Slotwright.Core.Planning.Repair;

/// <summary>What only a person can decide about a slot: the same of many slots is said once.</summary>
/// <param name="What">Without who has how many keys, which is added for all of the slots together.</param>
/// <param name="Holders">Who has keys of it.</param>
internal sealed record SlotTrouble(string Code, string What, string Why, string Remedy, ImmutableArray<NodeId> Holders);
