using Slotwright.Core.Loads;
using Slotwright.Core.Observing;
using Slotwright.Core.Slots;

namespace Slotwright.Output;

/// <summary>One shard in the JSON face of <c>hot</c>.</summary>
/// <param name="Member">Its primary.</param>
/// <param name="KeysLookedAt">What the lists of keys are of.</param>
/// <param name="Policy">maxmemory-policy; null where it is not known.</param>
/// <param name="CpuMicroseconds">Of each second; null where it is not counted.</param>
/// <param name="NetworkBytes">A second; null where it is not counted.</param>
internal sealed record HotShardDocument(
    string Member,
    string? Zone,
    SlotSet Slots,
    long Keys,
    long KeysLookedAt,
    string? Policy,
    double? CpuMicroseconds,
    double? NetworkBytes
)
{
    public static HotShardDocument Of(ShardReading reading, Observation seen) =>
        new(
            reading.Primary.Label,
            seen.Topology.ZoneOf(reading.Primary),
            reading.Primary.Slots,
            reading.Keys,
            reading.Sample.Keys,
            seen.ReportOf(reading.Primary.Id)?.Server.EvictionPolicy,
            reading.Rates is null ? null : Math.Round(reading.Rate.Cpu, 3),
            reading.Rates is null ? null : Math.Round(reading.Rate.Bytes, 3)
        );
}
