using System.Collections.Immutable;
using Slotwright.Core.Observing;
using Slotwright.Core.Planning;

namespace Slotwright.Operations.Running;

/// <summary>What an operation did.</summary>
/// <param name="Plan">Empty where there was nothing to do.</param>
/// <param name="Applied">False where it was only shown.</param>
/// <param name="HandOvers">In the order in which they came about.</param>
/// <param name="After">The cluster at the end.</param>
public sealed record ChangeReport(
    Plan Plan,
    bool Applied,
    ImmutableArray<HandOverTime> HandOvers,
    Observation After,
    TimeSpan Elapsed
);
