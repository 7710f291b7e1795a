namespace Slotwright.Core.Loads;

/// <summary>What a slot costs its server in each second.</summary>
/// <param name="Cpu">Microseconds of it that commands take: 1,000,000 keep the server's main thread busy.</param>
/// <param name="Bytes">In and out.</param>
public readonly record struct SlotRate(double Cpu, double Bytes)
{
    /// <param name="elapsed">Between the two looks, above 0.</param>
    public static SlotRate Between(SlotWork before, SlotWork after, TimeSpan elapsed)
    {
        // CONFIG RESETSTAT, or a slot that left and came back: what is counted since is all that is known
        var from =
            after.Cpu < before.Cpu || after.BytesIn < before.BytesIn || after.BytesOut < before.BytesOut
                ? default
                : before;
        return new SlotRate(
            (after.Cpu - from.Cpu) / elapsed.TotalSeconds,
            (after.BytesIn - from.BytesIn + (after.BytesOut - from.BytesOut)) / elapsed.TotalSeconds
        );
    }

    public static SlotRate operator +(SlotRate one, SlotRate other) =>
        new(one.Cpu + other.Cpu, one.Bytes + other.Bytes);
}
