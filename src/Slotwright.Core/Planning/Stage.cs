using System.Collections.Immutable;

namespace Slotwright.Core.Planning;

/// <summary>Its steps may run at once, in any order; the next stage waits for all. A wave is a stage.</summary>
public sealed record Stage(string Title, ImmutableArray<Step> Steps);
