using Slotwright.Core.Loads;

namespace Slotwright.Output;

/// <summary>One key in the JSON face of <c>hot</c>.</summary>
/// <param name="Member">The primary that owns its slot.</param>
/// <param name="Bytes">About what it takes in memory with its value.</param>
/// <param name="Frequency">The server's counter, 0 to 255; null where it keeps none.</param>
internal sealed record HotKeyDocument(string Key, int Slot, string Member, long Bytes, int? Frequency)
{
    public static HotKeyDocument Of(SampledKey key, ShardReading reading) =>
        new(KeyText.Of(key.Key.Span), key.Slot, reading.Primary.Label, key.Bytes, key.Frequency);
}
