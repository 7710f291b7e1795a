using System.Collections.Immutable;

namespace Slotwright.Core.Loads;

/// <summary>Some keys of a shard, or all where there are few.</summary>
/// <param name="Slots">Those of which keys were looked at.</param>
/// <param name="Biggest">The biggest first.</param>
/// <param name="MostUsed">The most used first; none where the server does not count it.</param>
public sealed record KeySample(
    ImmutableArray<SlotSample> Slots,
    ImmutableArray<SampledKey> Biggest,
    ImmutableArray<SampledKey> MostUsed
)
{
    public static readonly KeySample None = new([], [], []);

    public long Keys => Slots.Sum(s => (long)s.Keys);

    public long Bytes => Slots.Sum(s => s.Bytes);
}
