namespace Slotwright.Output;

/// <summary>The JSON face of <c>completion</c>.</summary>
internal sealed record CompletionDocument(string Shell, string Script);
