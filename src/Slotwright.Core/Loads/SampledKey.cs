namespace Slotwright.Core.Loads;

/// <summary>A key that was looked at.</summary>
/// <param name="Bytes">About what it takes in memory with its value.</param>
/// <param name="Frequency">The server's counter of its use, 0 to 255 and logarithmic; null where the server keeps none.</param>
public sealed record SampledKey(ReadOnlyMemory<byte> Key, int Slot, long Bytes, int? Frequency);
