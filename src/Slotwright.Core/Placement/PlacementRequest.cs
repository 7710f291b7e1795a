using System.Collections.Immutable;

namespace Slotwright.Core.Placement;

/// <summary>Who is there, and what they are to become: each member gets a role, none is left over.</summary>
/// <param name="Members">In any order: exactly <c>Primaries * (ReplicasPerPrimary + 1)</c> of them.</param>
/// <param name="Primaries">Number of shards, 1 to 16384.</param>
/// <param name="ReplicasPerPrimary">0 or more.</param>
public sealed record PlacementRequest(ImmutableArray<PlacementMember> Members, int Primaries, int ReplicasPerPrimary);
