using System.Collections.Immutable;

namespace Slotwright.Core.Configuration;

/// <summary>A member's whole valkey.conf, and what its user should know about it.</summary>
/// <param name="Notes">A sentence each, without secrets.</param>
public sealed record ComposedConfig(string Text, ImmutableArray<string> Notes);
