using System.Collections.Immutable;

namespace Slotwright.Core.Drills;

/// <summary>What a member said of itself over the time of a drill.</summary>
/// <param name="Shard">Index of the shard that it belonged to at the beginning.</param>
/// <param name="Spans">In their order, without a hole.</param>
public sealed record MemberRoles(string Member, int Shard, ImmutableArray<RoleSpan> Spans);
