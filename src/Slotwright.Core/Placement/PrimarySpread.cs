using System.Collections.Immutable;

namespace Slotwright.Core.Placement;

/// <summary>How many primaries each zone has.</summary>
/// <param name="Lowest">The members with the lowest ordinals that spread so: no choice of primaries is before it.</param>
internal sealed record PrimarySpread(ImmutableArray<int> ByZone, ImmutableArray<int> Lowest);
