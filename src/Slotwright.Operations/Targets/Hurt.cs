using System.Collections.Immutable;

namespace Slotwright.Operations.Targets;

/// <summary>What a drill has done to a host's members, or is about to do, and has not brought back yet.</summary>
/// <param name="Drill">Its name.</param>
/// <param name="Down">Members that it ends.</param>
/// <param name="Paused">Members that it pauses.</param>
/// <param name="Cut">The member that it cuts off from the others; null for none.</param>
/// <param name="Primaries">The members that were primaries before, and are to be that again.</param>
public sealed record Hurt(
    string Drill,
    DateTimeOffset Since,
    ImmutableArray<string> Down,
    ImmutableArray<string> Paused,
    string? Cut,
    ImmutableArray<string> Primaries
)
{
    /// <summary>The member whose agent it freezes; null for none.</summary>
    public string? FrozenAgent { get; init; }

    /// <summary>Members are as they were, but for their roles.</summary>
    public bool IsRolesAlone => Down.IsEmpty && Paused.IsEmpty && Cut is null && FrozenAgent is null;
}
