using System.Collections.Immutable;
using Slotwright.Core.Health;

namespace Slotwright.Core.Drills;

/// <summary>What was seen of a drill, besides the ledger of its load.</summary>
/// <param name="Roles">Every member's.</param>
/// <param name="WithoutHeir">Shards whose primary was hurt, and where nobody took over before it was brought back.</param>
/// <param name="Trouble">Why the drill could not be done to its end; null where it was.</param>
/// <param name="After">What verify found at the end; empty where it was not asked.</param>
public sealed record DrillFacts(
    ImmutableArray<MemberRoles> Roles,
    ImmutableArray<DrillShard> WithoutHeir,
    string? Trouble,
    ImmutableArray<Finding> After
);
