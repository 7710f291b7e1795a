namespace Slotwright.Core.Upgrades;

/// <param name="Why">A whole clause.</param>
/// <param name="Remedy">Both ways out, by values; empty where nothing is refused.</param>
public sealed record EngineVerdict(bool IsFine, string Why, string Remedy = "");
