using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Slotwright.Core.Cluster;
using Slotwright.Core.Slots;

namespace Slotwright.Core.Planning.Recovery;

/// <summary>A shard that is in trouble, or slots that nobody owns, with all ways out.</summary>
/// <param name="Code">For programs: <c>primary-gone</c>, <c>shard-lost</c>, <c>member-held-back</c>, ...</param>
/// <param name="Sights">Its primary first; empty for slots that nobody owns.</param>
/// <param name="Choices">What loses least first.</param>
public sealed record RecoveryProblem(
    string Code,
    SlotSet Slots,
    string What,
    ImmutableArray<RecoverySight> Sights,
    ImmutableArray<RecoveryChoice> Choices
)
{
    /// <summary>The node that owns the slots; null for nobody.</summary>
    [JsonIgnore]
    public NodeId? Owner { get; init; }

    public RecoveryChoice? Find(RecoveryWay way) => Choices.FirstOrDefault(c => c.Way == way);
}
