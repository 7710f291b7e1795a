using System.Collections.Immutable;
using Slotwright.Core.Health;
using Slotwright.Core.Loads;
using Slotwright.Core.Observing;

namespace Slotwright.Operations.Loads;

/// <summary>What stands out in a cluster.</summary>
/// <param name="Seen">What nodes said before.</param>
/// <param name="Readings">Of the shards that answered, in the order of their slots.</param>
/// <param name="Notes">What can't be told, and why.</param>
public sealed record HotReport(Observation Seen, ImmutableArray<ShardReading> Readings, ImmutableArray<Finding> Notes);
