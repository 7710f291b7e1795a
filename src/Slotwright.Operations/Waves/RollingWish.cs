using Slotwright.Core.Planning.Waves;

namespace Slotwright.Operations.Waves;

/// <summary>What a rolling operation is asked for.</summary>
/// <param name="Version">The version of an upgrade; of a rollback, where no member runs the old one any more.</param>
public sealed record RollingWish(RollingKind Kind, string? Version, WaveWish Waves);
