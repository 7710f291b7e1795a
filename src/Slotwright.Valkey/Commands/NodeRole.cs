namespace Slotwright.Valkey.Commands;

/// <summary>What ROLE says.</summary>
/// <param name="LinkUp">A replica follows its primary's stream; false on a primary.</param>
/// <param name="Offset">Bytes of the stream that it has sent (primary) or received (replica; -1 before its first sync).</param>
public readonly record struct NodeRole(bool IsPrimary, bool LinkUp, long Offset);
