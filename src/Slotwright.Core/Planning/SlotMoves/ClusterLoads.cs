using System.Collections.Immutable;
using Slotwright.Core.Loads;
using Slotwright.Core.Slots;

namespace Slotwright.Core.Planning.SlotMoves;

/// <summary>What each slot of a cluster weighs, in every measure that was taken.</summary>
/// <param name="Bytes">About what it takes in memory; null where no key was looked at though there are some.</param>
/// <param name="Cpu">Null where a server does not count.</param>
/// <param name="Network">Null where a server does not count.</param>
public sealed record ClusterLoads(SlotLoads Keys, SlotLoads? Bytes, SlotLoads? Cpu, SlotLoads? Network)
{
    public static ClusterLoads Of(ImmutableArray<ShardReading> readings)
    {
        var (keys, bytes) = (new double[HashSlot.Count], new double[HashSlot.Count]);
        var (cpu, network) = (new double[HashSlot.Count], new double[HashSlot.Count]);
        foreach (var reading in readings)
        {
            var sizes = MemoryEstimate.Of(reading.Stats, reading.Sample);
            foreach (var (i, stat) in reading.Stats.Index())
            {
                keys[stat.Slot] = stat.Keys;
                bytes[stat.Slot] = sizes[i];
                if (reading.Rates is { } rates)
                {
                    (cpu[stat.Slot], network[stat.Slot]) = (rates[i].Cpu, rates[i].Bytes);
                }
            }
        }
        var areSized = readings.All(r => r.Sample.Keys > 0 || r.Keys == 0);
        var areCounted = readings.All(r => r.Rates is not null);
        return new ClusterLoads(
            new SlotLoads([.. keys]),
            areSized ? new SlotLoads([.. bytes]) : null,
            areCounted ? new SlotLoads([.. cpu]) : null,
            areCounted ? new SlotLoads([.. network]) : null
        );
    }

    /// <summary>Null where slots count, and where it was not taken.</summary>
    public SlotLoads? By(LoadMeasure measure) =>
        measure switch
        {
            LoadMeasure.Keys => Keys,
            LoadMeasure.Memory => Bytes,
            LoadMeasure.Cpu => Cpu,
            LoadMeasure.Network => Network,
            _ => null,
        };
}
