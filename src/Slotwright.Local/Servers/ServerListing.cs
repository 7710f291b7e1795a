namespace Slotwright.Local.Servers;

/// <summary>A line of <c>slotwright valkey list</c>.</summary>
/// <param name="Version">9.1.2 of a server that is there, 9.1 of one that can be fetched.</param>
/// <param name="Path">Absolute path of valkey-server; null where it is not on this machine.</param>
/// <param name="Suite">Debian's suite that has this line; null where it can't be fetched.</param>
public sealed record ServerListing(string Version, ServerSource? Source, string? Path, string? Suite);
