using System.Collections.Immutable;
using Slotwright.Core.Health;

namespace Slotwright.Core.Planning.Waves;

/// <summary>What is to be done to bring all members to their desired revision, or why nothing may be.</summary>
/// <param name="Plan">Empty where all are there; null where it is refused.</param>
/// <param name="Refusals">Empty where there is a plan.</param>
/// <param name="Kept">Members that stay at the revision that they have, in the order of their shards.</param>
public sealed record WaveDecision(Plan? Plan, ImmutableArray<Finding> Refusals, ImmutableArray<string> Kept);
