using Slotwright.Core.Loads;

namespace Slotwright.Output;

/// <summary>One slot in the JSON face of <c>hot</c>.</summary>
/// <param name="Member">The primary that owns it.</param>
/// <param name="CpuMicroseconds">Of each second; null where it is not counted.</param>
/// <param name="NetworkBytes">A second; null where it is not counted.</param>
internal sealed record HotSlotDocument(
    int Slot,
    string Member,
    long Keys,
    double? CpuMicroseconds,
    double? NetworkBytes
)
{
    public static HotSlotDocument Of(HotSlot slot) =>
        new(
            slot.Slot,
            slot.Primary.Label,
            slot.Keys,
            slot.Rate is { Cpu: var cpu } ? Math.Round(cpu, 3) : null,
            slot.Rate is { Bytes: var bytes } ? Math.Round(bytes, 3) : null
        );
}
