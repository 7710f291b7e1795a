namespace Slotwright.Valkey.Rdb;

/// <summary>Bytes that are no RDB file, or not a whole one.</summary>
public sealed class RdbFormatException(string message) : Exception(message);
