namespace Slotwright.Operations.Targets;

/// <summary>What members are to be at their next restart. Whatever is left out stays as it is.</summary>
/// <param name="Version">The server's version, 9.1 or 9.1.2; null for the one that is desired now: a restart alone.</param>
public sealed record MemberSpec(string? Version = null);
