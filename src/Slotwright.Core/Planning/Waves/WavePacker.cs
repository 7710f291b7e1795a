using System.Collections.Immutable;

namespace Slotwright.Core.Planning.Waves;

/// <summary>Packs members into waves: never two of one shard, of one zone unless told otherwise, as few waves as that allows.</summary>
internal static class WavePacker
{
    public static IEnumerable<ImmutableArray<Restart>> Pack(IEnumerable<Restart> restarts, WaveWish wish, int most) =>
        from zone in restarts
            .OrderBy(r => r.Member.Ordinal)
            .GroupBy(r => wish.AcrossZones ? "" : r.Member.Zone ?? "", StringComparer.Ordinal)
            .OrderBy(zone => zone.Key, StringComparer.Ordinal)
        from round in zone.GroupBy(r => r.Shard)
            .SelectMany(shard => shard.Select((restart, index) => (restart, Round: shard.Key is null ? 0 : index)))
            .GroupBy(r => r.Round)
            .OrderBy(round => round.Key)
        from wave in round
            .Select(r => r.restart)
            .OrderBy(r => r.Member.Ordinal)
            .Chunk(Math.Min(most, wish.MaxParallel ?? int.MaxValue))
        select wave.ToImmutableArray();
}
