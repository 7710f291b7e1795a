using System.Collections.Immutable;

namespace Slotwright.Valkey.Commands;

/// <summary>What a server says of the keys among a command's arguments.</summary>
/// <param name="Keys">None where it has none, or its arguments are wrong.</param>
/// <param name="Wrong">The server's words where it finds the arguments wrong; else null.</param>
public readonly record struct CommandKeys(ImmutableArray<ReadOnlyMemory<byte>> Keys, string? Wrong);
