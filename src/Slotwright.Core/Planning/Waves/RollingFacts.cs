namespace Slotwright.Core.Planning.Waves;

/// <summary>What is wanted of a rolling operation, and what the host has been told already.</summary>
/// <param name="Desired">The version that members run after their next restart, as the host has it now.</param>
/// <param name="Target">The version that they are to run in the end; Desired where it does not change.</param>
/// <param name="IsDesired">The host has the wish already: what is missing are restarts.</param>
public sealed record RollingFacts(RollingKind Kind, Version Desired, Version Target, bool IsDesired);
