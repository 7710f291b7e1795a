using System.Collections.Immutable;
using Slotwright.Core.Drills;
using Slotwright.Core.Slots;

namespace Slotwright.Output;

/// <summary>What a member said of itself during a drill.</summary>
/// <param name="Slots">Of the shard that it belonged to at the beginning.</param>
internal sealed record DrillMemberDocument(string Member, SlotSet Slots, ImmutableArray<DrillSpanDocument> Spans)
{
    public static DrillMemberDocument Of(MemberRoles roles, DrillPlan plan) =>
        new(
            roles.Member,
            plan.Shards[roles.Shard].Slots,
            [
                .. roles.Spans.Select(s => new DrillSpanDocument(
                    s.From.TotalMilliseconds,
                    s.To.TotalMilliseconds,
                    s.State
                )),
            ]
        );
}
