using System.Collections.Immutable;
using Slotwright.Core.Health;

namespace Slotwright.Core.Planning.Bootstrap;

/// <summary>What is to be done to form the cluster, or why nothing may be.</summary>
/// <param name="Plan">Empty where the cluster is formed; null where it is refused.</param>
/// <param name="Refusals">Empty where there is a plan.</param>
public sealed record BootstrapDecision(Plan? Plan, ImmutableArray<Finding> Refusals);
