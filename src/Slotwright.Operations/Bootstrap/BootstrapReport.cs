using System.Collections.Immutable;
using Slotwright.Core.Observing;
using Slotwright.Core.Planning;

namespace Slotwright.Operations.Bootstrap;

/// <summary>What a bootstrap did.</summary>
/// <param name="Plan">Empty where the cluster was formed already.</param>
/// <param name="Applied">False where it was only shown.</param>
/// <param name="Restored">Settings that an earlier attempt had left behind.</param>
/// <param name="After">The cluster at the end.</param>
public sealed record BootstrapReport(
    Plan Plan,
    bool Applied,
    ImmutableArray<string> Restored,
    Observation After,
    TimeSpan Elapsed
);
