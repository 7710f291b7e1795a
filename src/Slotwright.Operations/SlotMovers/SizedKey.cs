namespace Slotwright.Operations.SlotMovers;

/// <summary>A key, and about how many bytes of memory it takes with its value; 0 where it is gone.</summary>
internal readonly record struct SizedKey(ReadOnlyMemory<byte> Key, long Bytes);
