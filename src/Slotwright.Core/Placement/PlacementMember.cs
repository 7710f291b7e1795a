namespace Slotwright.Core.Placement;

/// <summary>A member to be given a role.</summary>
/// <param name="Ordinal">Its number on its host, unlike any other's; low ones become primaries first.</param>
/// <param name="Zone">Its availability zone; null or empty where that is not known.</param>
/// <param name="Machine">The machine that it runs on; null or empty where that is not known.</param>
public sealed record PlacementMember(string Name, int Ordinal, string? Zone = null, string? Machine = null);
