namespace Slotwright.Output;

/// <summary>The JSON face of <c>version</c>.</summary>
internal sealed record VersionDocument(string Version);
