namespace Slotwright.Output;

/// <summary>One line of <c>valkey list</c>.</summary>
/// <param name="Version">9.1.2 of a server that is there, 9.1 of one that can be fetched.</param>
/// <param name="Source"><c>path</c>, <c>cache</c>, or null where it is not on this machine.</param>
/// <param name="Path">Of valkey-server; null where it is not on this machine.</param>
/// <param name="Suite">Debian's suite that has this line; null where it can't be fetched.</param>
internal sealed record ValkeyServer(string Version, string? Source, string? Path, string? Suite);
