using System.Collections.Immutable;
using Slotwright.Core.Slots;

namespace Slotwright.Core.Planning.SlotMoves;

/// <summary>Slots that are to go to one shard.</summary>
/// <param name="To">As <see cref="Cluster.ShardSelector"/> reads it, or a primary without slots.</param>
/// <param name="From">The same; <c>all</c> alone for every other shard.</param>
/// <param name="Count">How many, exactly; null where ranges are given.</param>
/// <param name="Ranges">Which; null where a number is given.</param>
public sealed record ReshardWish(string To, ImmutableArray<string> From, int? Count, SlotSet? Ranges);
