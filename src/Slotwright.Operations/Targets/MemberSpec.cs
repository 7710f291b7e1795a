namespace Slotwright.Operations.Targets;

/// <summary>What members are to be at their next restart. Whatever is left out stays as it is.</summary>
/// <param name="Version">The server's version, 9.1 or 9.1.2; null for the one that is desired now: a restart alone.</param>
public sealed record MemberSpec(string? Version = null)
{
    /// <summary>
    /// To the revision from before the last change of version, where that is the version: members that still have it
    /// are where they are to be.
    /// </summary>
    public bool Returns { get; init; }
}
