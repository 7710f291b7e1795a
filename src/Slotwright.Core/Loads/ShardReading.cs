using System.Collections.Immutable;
using Slotwright.Core.Cluster;

namespace Slotwright.Core.Loads;

/// <summary>What a primary said of its slots, and of some of its keys.</summary>
/// <param name="Rates">One for each of the stats; null where the server does not count, or nobody wanted to know.</param>
/// <param name="Elapsed">Between the two looks that the rates are of; zero where there was one.</param>
public sealed record ShardReading(
    Node Primary,
    ImmutableArray<SlotStat> Stats,
    ImmutableArray<SlotRate>? Rates,
    TimeSpan Elapsed,
    KeySample Sample
)
{
    public long Keys => Stats.Sum(s => s.Keys);

    public SlotRate Rate => Rates is { } rates ? rates.Aggregate(default(SlotRate), (sum, r) => sum + r) : default;
}
