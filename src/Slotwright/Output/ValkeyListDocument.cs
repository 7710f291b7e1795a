using System.Collections.Immutable;

namespace Slotwright.Output;

/// <summary>The JSON face of <c>valkey list</c>.</summary>
/// <param name="Default">The version that <c>up</c> takes where none is named.</param>
internal sealed record ValkeyListDocument(string Default, ImmutableArray<ValkeyServer> Servers);
