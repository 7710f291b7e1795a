using System.Collections.Immutable;

namespace Slotwright.Core.Loads;

/// <summary>Which slots stand out: by what their commands cost where all servers count it, else by how many keys they have.</summary>
public static class HotSlots
{
    /// <summary>A slot of a server that counts can't be compared with one of a server that does not.</summary>
    public static bool AreByCpu(ImmutableArray<ShardReading> readings) =>
        readings.Length > 0 && readings.All(r => r.Rates is not null);

    /// <returns>The hottest first; none that is idle, or empty where keys count.</returns>
    public static ImmutableArray<HotSlot> Of(ImmutableArray<ShardReading> readings, int most)
    {
        var isByCpu = AreByCpu(readings);
        var hottest = new Heaviest<HotSlot>(most);
        foreach (var reading in readings)
        {
            foreach (var (i, stat) in reading.Stats.Index())
            {
                var weight = isByCpu ? reading.Rates!.Value[i].Cpu : stat.Keys;
                if (weight > 0)
                {
                    hottest.Add(new HotSlot(stat.Slot, reading.Primary, stat.Keys, reading.Rates?[i]), weight);
                }
            }
        }
        return hottest.ToSorted();
    }
}
