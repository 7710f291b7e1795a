using Slotwright.Core.Slots;
using Slotwright.Operations.Drills;
using Slotwright.Operations.Observing;
using Slotwright.Valkey.Resp;

namespace Slotwright.Bench.Reshard;

/// <summary>Keys of one size, as many in each slot.</summary>
internal static class SmallKeys
{
    private const int Bytes = 256;

    private const string Script =
        "for i=1,tonumber(ARGV[1]) do redis.call('SET', KEYS[1]..i, string.rep(string.format('%08x', i), tonumber(ARGV[2]))) end";

    /// <summary>A million in all slots together; with --quick less than a tenth of that.</summary>
    public static int PerSlot(BenchOptions options) => options.Quick ? 5 : 61;

    public static Task FillAsync(ClusterSession session, int keysPerSlot, CancellationToken ct) =>
        FillAsync(session, SlotSet.All, keysPerSlot, Bytes, ct);

    /// <param name="bytes">Of each key; a multiple of 8.</param>
    public static async Task FillAsync(
        ClusterSession session,
        SlotSet wanted,
        int keysPerSlot,
        int bytes,
        CancellationToken ct
    )
    {
        var topology = (await session.ObserveAsync(ct)).Topology;
        foreach (var primary in topology.Voters)
        {
            var node = await session.ConnectAsync(topology.Members[primary.Member!], ct);
            foreach (var slots in primary.Slots.Intersect(wanted).Chunk(100))
            {
                await node.SendAllAsync([.. slots.Select(s => Fill(s, keysPerSlot, bytes))], ct);
            }
        }
    }

    private static RespCommand Fill(int slot, int keys, int bytes) =>
        RespCommand.Of("EVAL", Script, "1", $"{{{SlotTags.Of(slot)}}}", $"{keys}", $"{bytes / 8}");
}
