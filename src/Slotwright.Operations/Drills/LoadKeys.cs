using Slotwright.Core.Slots;

namespace Slotwright.Operations.Drills;

/// <summary>How many keys a run has, where, and how large they are.</summary>
internal static class LoadKeys
{
    public const string Prefix = "slotwright-load:";

    /// <summary>Cells of each ring: after every 8 writes to a key it is read.</summary>
    public const int Cells = 16;

    private const int FewestInShard = 128;
    private const int LargestShard = 16 << 20;

    /// <summary>What the server needs for a key beside its value, generously.</summary>
    private const int Overhead = 250;

    /// <summary>
    /// Keys of one client in one shard: enough that all it may have under way find a free cell, more so that a shard
    /// is covered well, fewer where values are large.
    /// </summary>
    public static int PerLane(LoadOptions options)
    {
        var needed = Math.Max(2, (options.Pipeline + 3) / 4);
        var wanted = FewestInShard / options.Clients;
        var affordable = LargestShard / (Cells * options.ValueSize * options.Clients);
        return Math.Max(needed, Math.Min(wanted, affordable));
    }

    /// <summary>Bytes that the keys of one shard take on each of its nodes.</summary>
    public static long BytesInShard(LoadOptions options) =>
        (long)PerLane(options) * options.Clients * ((Cells * (long)options.ValueSize * 5 / 4) + Overhead);

    /// <summary>Spread evenly over the slots of a shard.</summary>
    /// <param name="lane">Which client's they are.</param>
    public static LoadKey[] Make(LoadOptions options, string run, SlotSet slots, int lane)
    {
        var perLane = PerLane(options);
        var all = slots.ToArray();
        var total = perLane * options.Clients;
        return
        [
            .. Enumerable
                .Range(0, perLane)
                .Select(i => (Index: (i * options.Clients) + lane, Turn: (Cells / 2) - 1 - (i % (Cells / 2))))
                .Select(k => LoadKey.Create(run, all[(int)((long)k.Index * all.Length / total)], k.Index, k.Turn)),
        ];
    }
}
