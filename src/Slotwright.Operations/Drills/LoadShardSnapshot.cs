using Slotwright.Core.Slots;

namespace Slotwright.Operations.Drills;

/// <summary>How one shard fares in a run.</summary>
/// <param name="Name">What its primary was called when the run began.</param>
/// <param name="CurrentGap">Time since its last acknowledged write.</param>
/// <param name="LongestGap">The longest so far.</param>
public sealed record LoadShardSnapshot(
    SlotSet Slots,
    string Name,
    TimeSpan CurrentGap,
    TimeSpan LongestGap,
    long Failed
);
