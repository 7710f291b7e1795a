using System.Collections.Immutable;
using Slotwright.Core.Drills;
using Slotwright.Core.Slots;

namespace Slotwright.Output;

/// <summary>One shard of a drill, as it was at the beginning.</summary>
/// <param name="Gaps">Times of 100 ms or more without an acknowledged write, the longest 32.</param>
/// <param name="Succeeded">Operations by when they were due, a bucket each.</param>
/// <param name="Failed">Likewise.</param>
internal sealed record DrillShardDocument(
    SlotSet Slots,
    string Primary,
    long AcknowledgedByOldPrimary,
    ImmutableArray<DrillGapDocument> Gaps,
    double BucketMs,
    ImmutableArray<int> Succeeded,
    ImmutableArray<int> Failed
)
{
    public static DrillShardDocument Of(ShardLedger shard) =>
        new(
            shard.Slots,
            shard.Name,
            shard.ByOldPrimary,
            [.. shard.Gaps.Select(g => new DrillGapDocument(g.From.TotalMilliseconds, g.Length.TotalMilliseconds))],
            shard.Timeline.Width.TotalMilliseconds,
            [.. shard.Timeline.Samples.Select(s => s.Succeeded)],
            [.. shard.Timeline.Samples.Select(s => s.Failed)]
        );
}
