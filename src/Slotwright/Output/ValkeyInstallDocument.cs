namespace Slotwright.Output;

/// <summary>The JSON face of <c>valkey install</c>.</summary>
internal sealed record ValkeyInstallDocument(string Version, string Path);
